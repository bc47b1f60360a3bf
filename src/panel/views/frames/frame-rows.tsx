import type { JSX } from 'preact';
import { useLayoutEffect, useMemo } from 'preact/hooks';
import type { Column } from '../../model/columns.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { useModel } from '../context.ts';
import { VirtualList } from '../virtual-list.tsx';
import type { VirtualScroll } from '../virtual-scroll.ts';
import { RowPool } from './row-pool.ts';

interface FrameRowsProps {
  readonly scroll: VirtualScroll;
  /** Those that are seen, in their order. */
  readonly columns: readonly Column[];
}

/** The rows of the frame list that are in sight. */
export function FrameRows({ scroll, columns }: FrameRowsProps): JSX.Element {
  const model = useModel();
  // The rows themselves are drawn behind this, where nobody is told of what is read.
  void model.revision.value;
  void model.selection.isEmpty;
  void model.notedRow.value;
  const { view } = model.filter;
  const timeFormat = model.settings.of(SETTINGS.timeFormat).value;
  const typeField = model.settings.of(SETTINGS.typeField).value;
  const ids = columns.map(({ id }) => id);
  const pool = useMemo(() => new RowPool(model, ids), [model, ids.join(' ')]);
  useLayoutEffect(() => () => pool.leave(), [pool]);
  return (
    <VirtualList
      scroll={scroll}
      count={view.length}
      shift={view.shift}
      class="rows"
      role="rowgroup"
      draw={(host, from, to) => pool.draw(host, { view, timeFormat, typeField }, from, to)}
    />
  );
}
