import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Edge } from '../../../model/columns/column-edges.ts';
import type { Column } from '../../../model/columns/columns.ts';
import { MOST_WIDE } from '../../../settings/column-choices.ts';
import { t } from '../../../words/i18n.ts';

interface ColumnHandleProps {
  readonly column: Column;
  readonly edge: Edge;
  readonly tabIndex: number;
  /** @param width px */
  readonly onResize: (width: number) => void;
  /** Makes the column as wide as its contents. */
  readonly onFit: () => void;
  /** Moves the focus back to the column header. */
  readonly onLeave: () => void;
}

/** px per press of an arrow key, without and with Shift. */
const STEP = 8;
const FINE_STEP = 1;

/** The edge of a column, which resizes it. */
export function ColumnHandle(props: ColumnHandleProps): JSX.Element {
  const { column, edge, tabIndex, onResize, onFit, onLeave } = props;
  const { id, label, width, least } = column;
  const drag = useRef<{ readonly at: number; readonly width: number } | undefined>(undefined);
  const sign = edge === 'start' ? -1 : 1;

  const onPointerDown = (event: PointerEvent & { readonly currentTarget: Element }) => {
    event.stopPropagation(); // so that the column is not moved
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    // If there is too little room, a column is narrower than its set width.
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
