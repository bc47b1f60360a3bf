import type { JSX } from 'preact';
import { useLayoutEffect, useMemo } from 'preact/hooks';
import type { FrameView } from '../../../../store/frame-view.ts';
import type { Column } from '../../../model/columns/columns.ts';
import { isNewestFirst } from '../../../model/frames/listed-rows.ts';
import { SETTINGS } from '../../../settings/schema.ts';
import { useModel } from '../../context.ts';
import { VirtualList } from '../../controls/virtual-list.tsx';
import type { VirtualScroll } from '../../controls/virtual-scroll.ts';
import { nameActiveRow } from './row-id.ts';
import { RowPool } from './row-pool.ts';

interface FrameRowsProps {
  readonly scroll: VirtualScroll;
  /** From the top to the bottom. */
  readonly rows: FrameView;
  /** Those that are seen, in their order. */
  readonly columns: readonly Column[];
}

/** The rows of the frame list that are in sight. */
export function FrameRows({ scroll, rows, columns }: FrameRowsProps): JSX.Element {
  const model = useModel();
  // The rows themselves are drawn behind this, where nobody is told of what is read.
  void model.revision.value;
  void model.selection.isEmpty;
  void model.notedRow.value;
  const newestFirst = isNewestFirst(model);
  const timeFormat = model.settings.of(SETTINGS.timeFormat).value;
  const typeField = model.settings.of(SETTINGS.typeField).value;
  const readings = model.settings.of(SETTINGS.readings).value;
  const ids = columns.map(({ id }) => id);
  const pool = useMemo(() => new RowPool(model, ids), [model, ids.join(' ')]);
  useLayoutEffect(() => () => pool.leave(), [pool]);
  return (
    <VirtualList
      scroll={scroll}
      count={rows.length}
      shift={rows.shift}
      class="rows"
      role="rowgroup"
      draw={(host, from, to) => {
        pool.draw(host, { rows, isNewestFirst: newestFirst, timeFormat, typeField, readings }, from, to);
        // After the grid itself only where the list is scrolled, or changes its height.
        nameActiveRow(host.closest('[role=grid]'), model.selection.focus.peek());
      }}
    />
  );
}
