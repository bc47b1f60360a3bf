import type { ComponentChildren, JSX } from 'preact';
import { useCallback, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { VirtualScroll } from './virtual-scroll.ts';

interface VirtualListProps {
  readonly scroll: VirtualScroll;
  readonly count: number;
  /** Rows that have left at the front, less those that have come to stand there. */
  readonly shift?: number;
  readonly class: string;
  /** Draws the rows from an index up to another. */
  readonly children: (from: number, to: number) => ComponentChildren;
}

/** A scrollable box that draws only the rows in sight. */
export function VirtualList({ scroll, count, shift = 0, children, ...rest }: VirtualListProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  scroll.resize(count, height, shift);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    setHeight(element.clientHeight);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    const top = scroll.takeMove();
    if (element && top !== undefined) element.scrollTop = top;
  });

  const onScroll = useCallback(() => {
    const element = box.current;
    if (!element) return;
    // A box that has just changed its height is scrolled by the browser, not by the reader.
    if (element.clientHeight !== scroll.viewportHeight) setHeight(element.clientHeight);
    else if (scroll.scrolled(element.scrollTop)) redraw(undefined);
  }, [scroll]);

  return (
    <div ref={box} class={`virtual ${rest.class}`} onScroll={onScroll} role="presentation">
      <div class="virtual-space" role="presentation" style={{ height: `${scroll.elementHeight}px` }}>
        <div
          class="virtual-window"
          role="presentation"
          style={{ height: `${Math.min(height, scroll.elementHeight)}px` }}
        >
          <div role="presentation" style={{ transform: `translateY(${-scroll.offset}px)` }}>
            {children(scroll.firstIndex, scroll.endIndex)}
          </div>
        </div>
      </div>
    </div>
  );
}
