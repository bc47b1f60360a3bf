import type { FrameView } from '../../../../store/frame-view.ts';
import type { PanelModel } from '../../../model/panel-model.ts';
import type { ColumnId, TimeFormat } from '../../../settings/column-choices.ts';
import { ColouredLength } from './coloured-length.ts';
import { RowElement } from './row-element.ts';

/** What all rows are drawn from. */
export interface RowSource {
  /** From the top of the list to its bottom. */
  readonly rows: FrameView;
  readonly isNewestFirst: boolean;
  readonly timeFormat: TimeFormat;
  /** Member that names a message's type; empty where it is to be found. */
  readonly typeField: string;
  /** As what binary messages are to be read. */
  readonly readings: unknown;
}

/**
 * The visible rows. They are not components, because describing them for each redraw costs more than changing what differs. A row that
 * comes into sight takes over the elements of one that has left it, because new texts cost much less than new elements; and those of a
 * list that has become shorter, or was cleared, are kept for the next one.
 */
export class RowPool {
  /** Keyed by the number of their frame, in document order. */
  private shown = new Map<number, RowElement>();
  private readonly spare: RowElement[] = [];
  private source: RowSource | undefined;
  private readonly coloured = new ColouredLength(() => this.drawAnew());

  constructor(
    private readonly model: PanelModel,
    private readonly columns: readonly ColumnId[],
  ) {}

  /** Shows the rows from one index up to another, in an element that contains nothing else. */
  draw(host: Element, source: RowSource, from: number, to: number): void {
    const isNew = !isSame(source, this.source);
    this.source = source;
    const { rows, isNewestFirst, timeFormat } = source;
    const drawn: number[] = [];
    for (let index = from; index < to; index++) drawn.push(rows.rowAt(index));
    const free = this.takeOthers(isNew ? [] : drawn);
    const known = this.shown;
    this.shown = new Map();
    let used = 0;
    for (const [position, row] of drawn.entries()) {
      const staying = known.get(row);
      const element = staying ?? free[used++] ?? this.spare.pop() ?? new RowElement(this.model, this.columns);
      element.stays = staying !== undefined;
      this.shown.set(row, element);
      const index = from + position;
      const older = isNewestFirst ? index + 1 : index - 1;
      const before = older >= 0 && older < rows.length ? rows.rowAt(older) : undefined;
      element.draw({ row, index, before, timeFormat, colouredUnits: this.coloured.units }, isNew);
    }
    for (const element of free.slice(used)) this.putAside(element);
    arrange(host, this.shown.values());
    const [first] = this.shown.values();
    this.coloured.follow(first?.data);
  }

  /** To be called when no row is visible any more. */
  leave(): void {
    for (const element of this.shown.values()) element.leave();
    this.shown.clear();
    this.spare.length = 0;
    this.coloured.leave();
  }

  /** Redraws everything in all rows the next time. */
  private drawAnew(): void {
    this.source = undefined;
    this.model.touch(true);
  }

  /** Collects the elements that show none of these rows, without moving them. */
  private takeOthers(rows: readonly number[]): RowElement[] {
    const staying = new Set(rows);
    const others: RowElement[] = [];
    for (const [row, element] of this.shown) {
      if (staying.has(row)) continue;
      others.push(element);
      this.shown.delete(row);
    }
    return others;
  }

  private putAside(element: RowElement): void {
    element.leave();
    this.spare.push(element);
  }
}

function isSame(one: RowSource, other: RowSource | undefined): boolean {
  return (
    one.rows === other?.rows &&
    one.timeFormat === other.timeFormat &&
    one.typeField === other.typeField &&
    one.readings === other.readings
  );
}

/** Orders the rows without moving those that show the same frame as before, one of which may be focused. */
function arrange(host: Element, rows: Iterable<RowElement>): void {
  let at = host.firstChild;
  for (const { element, stays } of rows) {
    if (stays) while (at && at !== element) at = at.nextSibling;
    if (at === element) at = element.nextSibling;
    else host.insertBefore(element, at);
  }
}
