import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface SplitterProps {
  readonly label: string;
  /** Of the bar: a vertical one stands between panes side by side. */
  readonly orientation: 'vertical' | 'horizontal';
  /** id of the pane that is sized */
  readonly pane: string;
  /** px that are wanted for it; where there is no room for them it is smaller */
  readonly size: number;
  /** px that a double click gives it */
  readonly usual: number;
  /** px */
  readonly min: number;
  /** The most that it may have of the room of all panes, as a share; the style sheet says the same. */
  readonly share: number;
  /** The pane that is sized lies after the splitter. */
  readonly isAfter: boolean;
  readonly onResize: (size: number) => void;
}

/** px of one press of an arrow key, and with Shift */
const STEP = 16;
const LARGE_STEP = 96;
/** px; more than any screen has */
const ENDLESS = 4000;

/** A bar between two panes that is moved by pointer or keys. https://www.w3.org/WAI/ARIA/apg/patterns/windowsplitter/ */
export function Splitter(props: SplitterProps): JSX.Element {
  const { label, orientation, pane, usual, min, share, isAfter, onResize } = props;
  const bar = useRef<HTMLDivElement>(null);
  const room = useRoom(bar, orientation);
  const max = room === 0 ? ENDLESS : Math.max(min, Math.round(room * share));
  // What is seen, rather than what would be wanted in a larger window: the first movement is to show.
  const size = Math.min(max, Math.max(min, props.size));
  const drag = useRef<{ at: number; size: number } | undefined>(undefined);
  const sign = isAfter ? -1 : 1;
  const resize = (wanted: number) => onResize(Math.round(Math.min(max, Math.max(min, wanted))));
  const place = (event: PointerEvent) => (orientation === 'vertical' ? event.clientX : event.clientY);
  const endDrag = () => {
    drag.current = undefined;
  };

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    drag.current = { at: place(event), size };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current) resize(drag.current.size + sign * (place(event) - drag.current.at));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [less, more] = orientation === 'vertical' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    const step = sign * (event.shiftKey ? LARGE_STEP : STEP);
    if (event.key === less) resize(size - step);
    else if (event.key === more) resize(size + step);
    else if (event.key === 'Home') resize(min);
    else if (event.key === 'End') resize(max);
    else if (event.key === 'Enter') resize(usual);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={bar}
      class={`splitter splitter-${orientation}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-controls={pane}
      aria-orientation={orientation}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={endDrag}
      onPointerCancel={endDrag}
      onDblClick={() => resize(usual)}
      onKeyDown={onKeyDown}
    />
  );
}

/** px that the panes beside a bar have together; 0 while that is not known. */
function useRoom(
  bar: { readonly current: HTMLElement | null },
  orientation: SplitterProps['orientation'],
): number {
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const panes = bar.current?.closest('.panes, .side');
    if (!panes) return undefined;
    const measure = () => setRoom(orientation === 'vertical' ? panes.clientWidth : panes.clientHeight);
    const observer = new ResizeObserver(measure);
    observer.observe(panes);
    measure();
    return () => observer.disconnect();
  }, [bar, orientation]);
  return room;
}
