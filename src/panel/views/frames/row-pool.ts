import type { VNode } from 'preact';
import type { FrameView } from '../../../store/frame-view.ts';
import { filterEngine } from '../../model/filter-loader.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import { colourOf, drawRow, type RowLook } from './frame-row.tsx';

/** A row as it is shown: what it was drawn from, and the elements it occupies. */
interface Shown {
  readonly state: string;
  readonly node: VNode;
  readonly slot: number;
}

/**
 * The rows in sight. A row that comes into sight takes over the elements of one that has left it, because new texts cost much less
 * than new elements; and Preact leaves elements alone when it is handed the very same description again.
 */
export class RowPool {
  private shown: ReadonlyMap<number, Shown> = new Map();
  private slots = 0;

  constructor(private readonly look: RowLook) {}

  /** @returns the rows of the view from one index up to another */
  draw(model: PanelModel, view: FrameView, from: number, to: number): VNode[] {
    const rows: number[] = [];
    for (let index = from; index < to; index++) rows.push(view.rowAt(index));
    const free = this.slotsWithout(rows);
    const shown = new Map<number, Shown>();
    const nodes = rows.map((row, position) => {
      const index = from + position;
      const isSelected = model.selection.has(row);
      // What a handshake was answered with comes after the error row that says it.
      const answer = model.socketOf(row)?.handshake?.status;
      const { isStarred } = model.store.remarks.of(row);
      const rest = `${index} ${isSelected} ${model.store.flags(row)} ${answer} ${colourOf(model, row)} ${isStarred} ${!filterEngine()}`;
      const payload = model.store.payloadState(row);
      if (payload === 'away' && model.store.head(row, 1) === undefined) model.store.want(row);
      const state = `${payload} ${rest}`;
      const known = this.shown.get(row);
      // What was read from the disk once and has been drawn need not be read again.
      if (known?.state === state || (payload === 'away' && known?.state === `here ${rest}`)) {
        shown.set(row, known);
        return known.node;
      }
      const slot = known?.slot ?? free.pop() ?? this.slots++;
      const before = index > 0 ? view.rowAt(index - 1) : undefined;
      const node = drawRow({ model, row, slot, index, isSelected, look: this.look, before });
      shown.set(row, { state, node, slot });
      return node;
    });
    this.shown = shown;
    return nodes;
  }

  /** Slots of the rows that are shown now and will not be any more, those of the oldest rows last. */
  private slotsWithout(rows: readonly number[]): number[] {
    const staying = new Set(rows);
    const free: number[] = [];
    for (const [row, { slot }] of this.shown) if (!staying.has(row)) free.push(slot);
    return free.reverse();
  }
}
