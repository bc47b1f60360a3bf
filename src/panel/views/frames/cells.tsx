import type { JSX, VNode } from 'preact';
import { FrameFlag, type FrameKind } from '../../../protocol/frames.ts';
import { byteCount, dateAndTime, wholeNumber } from '../../format.ts';
import { t } from '../../i18n.ts';
import { filterEngine } from '../../model/filter-loader.ts';
import { isMessage, isReceived } from '../../model/frame-kinds.ts';
import { frameTime, sinceRow } from '../../model/frame-time.ts';
import { messageTypeOf } from '../../model/message-type-of.ts';
import { summary } from '../../row-words.ts';
import type { ColumnId } from '../../settings/column-choices.ts';
import { shownUrl, shownWords, wholeUrl } from '../../url-words.ts';
import { directionName, typeName } from '../../words.ts';
import { ReceivedIcon, SentIcon } from '../icons.tsx';
import { lazily } from '../lazily.tsx';
import type { DrawnFrame } from './drawn-frame.ts';

/** What few rows have. */
const loadMore = () => import('./more-cells.ts');
const LatencyCell = lazily(async () => (await loadMore()).LatencyCell);
const NoteCell = lazily(async () => (await loadMore()).NoteCell);

/** Each column's cell. */
export const CELLS: Readonly<Record<ColumnId, (frame: DrawnFrame) => VNode>> = {
  star: ({ model, row }) => {
    const { isStarred } = model.store.remarks.of(row);
    return (
      <span
        role="gridcell"
        class={`cell star ${isStarred ? 'is-starred' : ''}`}
        // Of an empty cell it would be the name, on each row.
        title={isStarred ? t('columnStar') : undefined}
        onClick={() => void loadMore().then(({ toggleStar }) => toggleStar(model, row))}
      >
        {isStarred && (
          <>
            <span aria-hidden="true">★</span>
            <span class="for-readers">{t('starred')}</span>
          </>
        )}
      </span>
    );
  },
  time: ({ model: { store }, row, before, timeFormat }) => (
    <span role="gridcell" class="cell time" title={dateAndTime(store.time(row))}>
      {frameTime(timeFormat, store, row, before)}
    </span>
  ),
  delta: ({ model, row, before }) => (
    <span role="gridcell" class="cell delta">
      {before === undefined ? '' : String(sinceRow(model.store, row, before))}
    </span>
  ),
  direction: ({ kind }) => (
    <span role="gridcell" class="cell direction" title={directionName(kind)}>
      <DirectionMark kind={kind} />
    </span>
  ),
  socket: ({ socket }) => (
    <span role="gridcell" class="cell socket-cell" title={wholeUrl(socket?.record.url ?? '')}>
      <bdi>{shownUrl(socket?.record.url ?? '').path}</bdi>
    </span>
  ),
  type: ({ model, row, kind }) => (
    <span role="gridcell" class="cell type">
      <Type kind={kind} type={messageTypeOf(model, row)} />
    </span>
  ),
  length: ({ model, row, kind }) => {
    const size = model.store.size(row);
    return (
      <span role="gridcell" class="cell length" title={`${wholeNumber(size)} B`}>
        {isMessage(kind) ? <Length size={size} /> : ''}
      </span>
    );
  },
  data: ({ model: { store }, row, kind, socket }) => (
    <span role="gridcell" class="cell data">
      <Marks flags={store.flags(row)} />
      <Data text={summary(store, row, socket)} isJson={isMessage(kind)} />
    </span>
  ),
  latency: (frame) => <LatencyCell {...frame} />,
  note: (frame) => <NoteCell {...frame} />,
};

/** What the message's protocol calls it; the tooltip, and who cannot see it, are told of which kind it is. */
function Type({ kind, type }: { readonly kind: FrameKind; readonly type: string | undefined }): JSX.Element {
  if (type === undefined) return <>{typeName(kind)}</>;
  const name = shownWords(type);
  return (
    <>
      <span class="for-readers">{`${typeName(kind)} `}</span>
      <bdi class="message-type" title={`${typeName(kind)}: ${name}`}>
        {name}
      </bdi>
    </>
  );
}

/** An arrow or a dot for the eye, the word for everyone else. */
function DirectionMark({ kind }: { readonly kind: FrameKind }): JSX.Element {
  return (
    <>
      {isMessage(kind) ? isReceived(kind) ? <ReceivedIcon /> : <SentIcon /> : <span class="event-dot" />}
      <span class="for-readers">{directionName(kind)}</span>
    </>
  );
}

/** The exact number stands beside a rounded one for whoever cannot hover. */
function Length({ size }: { readonly size: number }): JSX.Element {
  if (size < 1000) return <>{byteCount(size)}</>;
  return (
    <>
      <span aria-hidden="true">{byteCount(size)}</span>
      <span class="for-readers">{`${size} B`}</span>
    </>
  );
}

function Marks({ flags }: { readonly flags: number }): JSX.Element | undefined {
  const marks = [
    flags & FrameFlag.injected ? t('markInjected') : flags & FrameFlag.byPanel ? t('markByPanel') : '',
    flags & FrameFlag.replayed ? t('markReplayed') : '',
    flags & FrameFlag.edited ? t('markEdited') : '',
    flags & FrameFlag.discarded ? t('markDiscarded') : '',
  ].filter(Boolean);
  if (marks.length === 0) return undefined;
  return <span class="mark">{marks.join(', ')}</span>;
}

/** JSON in colours; punctuation has the colour of the text and so needs no element. */
function Data({ text, isJson }: { readonly text: string; readonly isJson: boolean }): JSX.Element {
  const engine = filterEngine(); // loaded after the first picture
  if (!engine || !isJson || !/^[{["]/.test(text)) return <bdi>{text}</bdi>;
  const parts: (string | JSX.Element)[] = [];
  let at = 0;
  for (const { kind, start, end } of engine.highlightJson(text, text.length)) {
    if (kind === 'punctuation') continue;
    if (start > at) parts.push(text.slice(at, start));
    // Without a key: texts of one shape follow each other, and only what differs is to change.
    parts.push(<span class={`json-${kind}`}>{text.slice(start, end)}</span>);
    at = end;
  }
  return (
    <bdi>
      {parts}
      {text.slice(at)}
    </bdi>
  );
}
