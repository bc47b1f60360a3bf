import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { DiffLine } from '../../../../decoders/diff.ts';
import type { SocketWords } from '../../../../decoders/protocol-signs.ts';
import { byteCount, wholeNumber } from '../../../words/format.ts';
import { t } from '../../../words/i18n.ts';
import { VirtualList } from '../../controls/virtual-list.tsx';
import { VirtualScroll } from '../../controls/virtual-scroll.ts';
import { useComparison } from './use-comparison.ts';

/** px; as in the style sheet */
const ROW_HEIGHT = 18;
/** Characters of a line that are drawn. */
const SHOWN = 2000;
const SIGNS = { same: ' ', removed: '−', added: '+' } as const;
const ROLES = { same: undefined, removed: 'deletion', added: 'insertion' } as const;

interface DiffLinesProps {
  readonly before: string | Uint8Array;
  readonly after: string | Uint8Array;
  /** Of the two. */
  readonly sockets: readonly [SocketWords, SocketWords];
}

/** Two payloads line by line. */
export function DiffLines({ before, after, sockets }: DiffLinesProps): JSX.Element {
  const diff = useComparison(before, after, sockets);
  const scroll = useMemo(() => new VirtualScroll(ROW_HEIGHT, false), [diff]);
  switch (diff?.type) {
    case undefined:
      return (
        <p class="dim pad" role="status">
          {t('comparing', byteCount(before.length + after.length))}
        </p>
      );
    case 'equal':
      return <p class="dim pad">{t('diffEqual')}</p>;
    case 'kinds':
      return <p class="dim pad">{t('diffKinds')}</p>;
    case 'too-large':
      return <p class="dim pad">{t('diffTooLarge')}</p>;
    case 'lines':
      return (
        <>
          <p class="dim pad">{t('diffCounts', wholeNumber(diff.removed), wholeNumber(diff.added))}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable text must be reachable by keyboard */}
          <div class="diff" role="group" aria-label={t('tabDiff')} tabIndex={0}>
            <VirtualList scroll={scroll} count={diff.lines.length} class="diff-rows">
              {(from, to) =>
                diff.lines
                  .slice(from, to)
                  .map((line, index) => <Line key={from + index} line={line} bytesALine={diff.bytesALine} />)
              }
            </VirtualList>
          </div>
        </>
      );
  }
}

interface LineProps {
  readonly line: DiffLine;
  readonly bytesALine: number | undefined;
}

function Line({ line, bytesALine }: LineProps): JSX.Element {
  const { kind, text, before, after, changed } = line;
  /** Bytes are numbered by their offset, as in the hex view. */
  const place = (number: number | undefined) => {
    if (number === undefined || bytesALine === undefined) return number ?? '';
    return ((number - 1) * bytesALine).toString(16).padStart(4, '0');
  };
  const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return (
    <div class={`diff-row is-${kind}`} role={ROLES[kind]}>
      <span class="diff-number" aria-hidden="true">
        {place(before)}
      </span>
      <span class="diff-number" aria-hidden="true">
        {place(after)}
      </span>
      <span class="diff-sign" aria-hidden="true">
        {SIGNS[kind]}
      </span>
      <bdi>
        {changed.map(({ start, end }, index) => (
          <>
            {shown.slice(changed[index - 1]?.end ?? 0, start)}
            <mark>{shown.slice(start, end)}</mark>
          </>
        ))}
        {shown.slice(changed.at(-1)?.end ?? 0)}
      </bdi>
    </div>
  );
}
