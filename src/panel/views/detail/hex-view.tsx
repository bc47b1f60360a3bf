import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { encodeUtf8 } from '../../../decoders/bytes.ts';
import { hexRow, hexRowCount } from '../../../decoders/hex.ts';
import { t } from '../../i18n.ts';
import { VirtualList } from '../virtual-list.tsx';
import { VirtualScroll } from '../virtual-scroll.ts';

/** px; as in the style sheet */
const ROW_HEIGHT = 18;
/** px from which on a row of sixteen bytes fits; a narrower one has eight */
const WIDE = 560;

/** Offset, bytes and ASCII of the payload; of text the UTF-8 that went over the wire. */
export function HexView({ payload }: { readonly payload: string | Uint8Array }): JSX.Element {
  const bytes = useMemo(() => (typeof payload === 'string' ? encodeUtf8(payload) : payload), [payload]);
  const scroll = useMemo(() => new VirtualScroll(ROW_HEIGHT, false), [payload]);
  const box = useRef<HTMLDivElement>(null);
  const [perRow, setPerRow] = useState(16);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const adapt = () => setPerRow(element.clientWidth < WIDE ? 8 : 16);
    const observer = new ResizeObserver(adapt);
    observer.observe(element);
    adapt();
    return () => observer.disconnect();
  }, []);
  const count = hexRowCount(bytes.length, perRow);
  if (count === 0) return <p class="dim pad">{t('emptyPayload')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable text must be reachable by keyboard
    <div ref={box} class="hex" tabIndex={0} role="group" aria-label={t('tabHex')}>
      <VirtualList scroll={scroll} count={count} class="hex-rows">
        {(from, to) =>
          Array.from({ length: to - from }, (_, index) => {
            const { offset, hex, ascii } = hexRow(bytes, from + index, perRow);
            return (
              <div key={offset} class="hex-row">
                <span class="dim">{offset}</span>
                <span class="hex-bytes">
                  {`${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}`.trimEnd().padEnd(perRow * 3)}
                </span>
                <span class="hex-ascii">{ascii}</span>
              </div>
            );
          })
        }
      </VirtualList>
    </div>
  );
}
