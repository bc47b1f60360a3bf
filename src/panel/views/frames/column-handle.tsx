import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Edge } from '../../model/column-edges.ts';
import type { Column } from '../../model/columns.ts';
import { MOST_WIDE } from '../../settings/column-choices.ts';
import { t } from '../../words/i18n.ts';

interface ColumnHandleProps {
  readonly column: Column;
  readonly edge: Edge;
  readonly tabIndex: number;
  /** @param width px */
  readonly onResize: (width: number) => void;
  /** The column is to be as wide as what stands in it. */
  readonly onFit: () => void;
  /** Back to the name of the column. */
  readonly onLeave: () => void;
}

/** px of one press of an arrow key, and of one with Shift */
const STEP = 8;
const FINE_STEP = 1;

/** The edge of a column, by which it is made wider or narrower. */
export function ColumnHandle(props: ColumnHandleProps): JSX.Element {
  const { column, edge, tabIndex, onResize, onFit, onLeave } = props;
  const { id, label, width, least } = column;
  const drag = useRef<{ readonly at: number; readonly width: number } | undefined>(undefined);
  const sign = edge === 'start' ? -1 : 1;

  const onPointerDown = (event: PointerEvent & { readonly currentTarget: Element }) => {
    event.stopPropagation(); // the column is not to be moved
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    // Where there is too little room a column is narrower than it is said to be.
    const box = event.currentTarget.closest('[data-column]')?.getBoundingClientRect();
    drag.current = { at: event.clientX, width: box?.width || width };
  };
  const onPointerMove = (event: PointerEvent) => {
    const { current } = drag;
    if (current && event.clientX !== current.at)
      onResize(current.width + sign * (event.clientX - current.at));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.shiftKey ? FINE_STEP : STEP;
    switch (event.key) {
      case 'ArrowLeft':
        onResize(width - sign * step);
        break;
      case 'ArrowRight':
        onResize(width + sign * step);
        break;
      case 'Home':
        onResize(least);
        break;
      case 'Enter':
        onFit();
        break;
      case 'Escape':
        onLeave();
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <span
      class={`column-handle at-${edge}`}
      role="separator"
      tabIndex={tabIndex}
      aria-label={t('columnWidth', t(label))}
      aria-controls={`column-${id}`}
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={MOST_WIDE}
      title={t('columnWidthTip')}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        drag.current = undefined;
      }}
      onPointerCancel={() => {
        drag.current = undefined;
      }}
      onDblClick={onFit}
      onKeyDown={onKeyDown}
    />
  );
}
