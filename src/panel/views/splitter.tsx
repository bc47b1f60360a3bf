import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';

interface SplitterProps {
  readonly label: string;
  readonly orientation: 'vertical' | 'horizontal';
  readonly size: number;
  readonly min: number;
  readonly max: number;
  /** The pane that is sized lies after the splitter. */
  readonly isAfter: boolean;
  readonly onResize: (size: number) => void;
}

/** px of one press of an arrow key */
const STEP = 16;

/** A bar between two panes that is moved by pointer or arrow keys. */
export function Splitter(props: SplitterProps): JSX.Element {
  const { label, orientation, size, min, max, isAfter, onResize } = props;
  const drag = useRef<{ at: number; size: number } | undefined>(undefined);
  const sign = isAfter ? -1 : 1;
  const resize = (wanted: number) => onResize(Math.round(Math.min(max, Math.max(min, wanted))));
  const place = (event: PointerEvent) => (orientation === 'vertical' ? event.clientX : event.clientY);

  const onPointerDown = (event: PointerEvent) => {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    drag.current = { at: place(event), size };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (drag.current) resize(drag.current.size + sign * (place(event) - drag.current.at));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const [less, more] = orientation === 'vertical' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    if (event.key !== less && event.key !== more) return;
    event.preventDefault();
    resize(size + sign * (event.key === more ? STEP : -STEP));
  };

  return (
    <div
      class={`splitter splitter-${orientation}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={orientation}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        drag.current = undefined;
      }}
      onKeyDown={onKeyDown}
    />
  );
}
