import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { encodeUtf8 } from '../../../../decoders/bytes/bytes.ts';
import { asciiOf, hexPairs, hexRowCount } from '../../../../decoders/bytes/hex.ts';
import { copyText } from '../../../platform/copy.ts';
import { counted } from '../../../words/format.ts';
import { t } from '../../../words/i18n.ts';
import { useModel } from '../../context.ts';
import { targetOfKey } from '../../controls/list-keys.ts';
import { VirtualList } from '../../controls/virtual-list.tsx';
import { VirtualScroll } from '../../controls/virtual-scroll.ts';
import { ByteInspector } from './byte-inspector.tsx';

/** px; as in the style sheet */
const ROW_HEIGHT = 18;
/** px from which a row of sixteen bytes fits; a narrower one has eight */
const WIDE = 560;

/** The selected bytes, from where the selection began to where it is now, both included. */
interface ByteRange {
  readonly anchor: number;
  readonly cursor: number;
}

/** Offset, bytes and ASCII of the payload; for text, its UTF-8 as on the wire. */
export function HexView({ payload }: { readonly payload: string | Uint8Array }): JSX.Element {
  const model = useModel();
  const bytes = useMemo(() => (typeof payload === 'string' ? encodeUtf8(payload) : payload), [payload]);
  const scroll = useMemo(() => new VirtualScroll(ROW_HEIGHT, false), [payload]);
  const box = useRef<HTMLDivElement>(null);
  const perRow = useBytesPerRow(box);
  const [range, setRange] = useState<ByteRange>({ anchor: 0, cursor: 0 });
  const count = hexRowCount(bytes.length, perRow);
  if (count === 0) return <p class="dim pad">{t('emptyPayload')}</p>;
  const first = Math.min(range.anchor, range.cursor);
  const end = Math.max(range.anchor, range.cursor) + 1;

  const moveTo = (place: number, extend: boolean) => {
    const cursor = Math.min(Math.max(0, place), bytes.length - 1);
    setRange({ anchor: extend ? range.anchor : cursor, cursor });
    scroll.reveal(Math.floor(cursor / perRow));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const page = perRow * Math.max(1, scroll.endIndex - scroll.firstIndex - 1);
    const target =
      targetOfKey(event.key, range.cursor, { count: bytes.length, page, step: perRow }) ??
      BESIDE[event.key]?.(range.cursor);
    if (target !== undefined) moveTo(target, event.shiftKey);
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a') {
      setRange({ anchor: 0, cursor: bytes.length - 1 });
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c') {
      copyText(hexPairs(bytes.subarray(first, end)).join(' '));
      model.tell('good', counted(end - first, 'copiedOneByte', 'copiedBytes'));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="hex-view">
      <div
        ref={box}
        class="hex"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: bytes are selected by keyboard too
        tabIndex={0}
        role="group"
        aria-label={t('tabHex')}
        aria-describedby="byte-place"
        onKeyDown={onKeyDown}
        onMouseDown={(event) => {
          const place = byteUnder(event);
          if (place !== undefined && event.button === 0) moveTo(place, event.shiftKey);
        }}
        onMouseMove={(event) => {
          const place = event.buttons === 1 ? byteUnder(event) : undefined;
          if (place !== undefined && place !== range.cursor) moveTo(place, true);
        }}
      >
        <VirtualList scroll={scroll} count={count} class="hex-rows">
          {(from, to) =>
            Array.from({ length: to - from }, (_, index) => {
              const start = (from + index) * perRow;
              return (
                <HexRow key={start} bytes={bytes} start={start} perRow={perRow} first={first} end={end} />
              );
            })
          }
        </VirtualList>
      </div>
      <ByteInspector bytes={bytes} first={first} end={end} />
    </div>
  );
}

interface HexRowProps {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly perRow: number;
  /** The selected bytes. */
  readonly first: number;
  readonly end: number;
}

function HexRow({ bytes, start, perRow, first, end }: HexRowProps): JSX.Element {
  const part = bytes.subarray(start, start + perRow);
  const pairs = hexPairs(part);
  const characters = [...asciiOf(part)];
  const isSelected = (index: number) => start + index >= first && start + index < end;
  return (
    <div class="hex-row">
      <span class="dim">{start.toString(16).padStart(8, '0')}</span>
      <span class="hex-bytes">
        {Array.from({ length: perRow }, (_, index) => (
          <span key={index} data-byte={start + index} class={isSelected(index) ? 'is-selected' : undefined}>
            {`${pairs[index] ?? '  '}${index === 7 && perRow > 8 ? '  ' : ' '}`}
          </span>
        ))}
      </span>
      <span class="hex-ascii">
        {characters.map((character, index) => (
          <span key={index} data-byte={start + index} class={isSelected(index) ? 'is-selected' : undefined}>
            {character}
          </span>
        ))}
      </span>
    </div>
  );
}

/** A row holds more than one byte. */
const BESIDE: Readonly<Record<string, (place: number) => number>> = {
  ArrowRight: (place) => place + 1,
  ArrowLeft: (place) => place - 1,
};

/** The byte that the target of an event represents. */
function byteUnder({ target }: MouseEvent): number | undefined {
  const place = target instanceof HTMLElement ? target.dataset.byte : undefined;
  return place === undefined ? undefined : Number(place);
}

function useBytesPerRow(box: { readonly current: HTMLDivElement | null }): number {
  const [perRow, setPerRow] = useState(16);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    // It also tells the first width, before anything is drawn; to ask for that here would force a layout.
    const observer = new ResizeObserver(() => setPerRow(element.clientWidth < WIDE ? 8 : 16));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return perRow;
}
