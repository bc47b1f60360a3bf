import type { ComponentChildren, JSX } from 'preact';
import { useCallback, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { VirtualScroll } from './virtual-scroll.ts';

interface VirtualListProps {
  readonly scroll: VirtualScroll;
  readonly count: number;
  /** Rows that have left at the front, less those that have come to stand there. */
  readonly shift?: number;
  readonly class: string;
  /** What the rows are to the grid or tree around them. */
  readonly role?: 'group' | 'rowgroup';
  /** Describes the rows from an index up to another. */
  readonly children?: (from: number, to: number) => ComponentChildren;
  /** Draws them itself, into an element that holds nothing else. */
  readonly draw?: (host: Element, from: number, to: number) => void;
}

/** A scrollable box, within what has the keys, that draws only the rows in sight. */
export function VirtualList(props: VirtualListProps): JSX.Element {
  const { scroll, count, shift = 0, children, draw, role = 'group' } = props;
  const box = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  /** px; where the box stands, as far as it has told */
  const boxTop = useRef(0);
  const observed = useRef<ResizeObserver>(null);
  const [height, setHeight] = useState(0);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  scroll.resize(count, height, shift);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    // Told for the first time after the layout and before the picture: to ask here would have the browser lay out once more.
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    observed.current = observer;
    const onFocus = () => focusAround(element);
    element.addEventListener('focus', onFocus);
    return () => {
      observer.disconnect();
      element.removeEventListener('focus', onFocus);
    };
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    const top = scroll.takeMove();
    // Before the rows change: to scroll, the browser lays out what has. A box that is new stands at the top already.
    if (element && top !== undefined && (top !== 0 || boxTop.current !== 0)) {
      element.scrollTop = top;
      boxTop.current = top;
    }
    if (host.current) draw?.(host.current, scroll.firstIndex, scroll.endIndex);
  });

  const onScroll = useCallback(() => {
    const element = box.current;
    if (!element) return;
    boxTop.current = element.scrollTop;
    // A box that has just changed its height is scrolled by the browser, not by the reader. Else it would stay there with other rows.
    if (element.clientHeight !== scroll.viewportHeight) {
      scroll.displaced();
      setHeight(element.clientHeight);
      // It may have its old height again before the next picture, of which the observer would not tell.
      observed.current?.unobserve(element);
      observed.current?.observe(element);
    } else if (scroll.scrolled(boxTop.current)) redraw(undefined);
  }, [scroll]);

  return (
    <div
      ref={box}
      class={`virtual ${props.class}`}
      onScroll={onScroll}
      role={role}
      tabIndex={-1} // browsers take a scrollable box for a stop of the Tab key
    >
      <div class="virtual-space" role="presentation" style={{ height: `${scroll.elementHeight}px` }}>
        <div
          class="virtual-window"
          role="presentation"
          style={{ height: `${Math.min(height, scroll.elementHeight)}px` }}
        >
          <div ref={host} role="presentation" style={{ transform: `translateY(${-scroll.offset}px)` }}>
            {children?.(scroll.firstIndex, scroll.endIndex)}
          </div>
        </div>
      </div>
    </div>
  );
}

/** A click has come to the box, whose keys are those of the grid or tree around it. */
function focusAround(box: HTMLElement): void {
  box.parentElement?.closest<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true });
}
