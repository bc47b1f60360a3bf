import { FrameFlag, FrameKind } from '../../../../protocol/frames.ts';
import type { PayloadState } from '../../../../store/store-host.ts';
import { filterEngine } from '../../../model/filter/filter-loader.ts';
import type { PanelModel } from '../../../model/panel-model.ts';
import type { ColumnId, TimeFormat } from '../../../settings/column-choices.ts';
import { problemOf } from '../../../words/events.ts';
import type { Cell } from '../cells/cell.ts';
import { CELLS } from '../cells/cells.ts';
import { rowId } from './row-id.ts';

/** The place of a row in the list. */
export interface RowPlace {
  readonly row: number;
  readonly index: number;
  /** The row before it, by time, in the list. */
  readonly before: number | undefined;
  readonly timeFormat: TimeFormat;
  /** UTF-16 units of its message that are drawn in colours. */
  readonly colouredUnits: number;
}

/** The state of a row that can change while it stays in its place. */
interface RowState {
  readonly flags: number;
  /** What the network log knows about an error arrives after its row, and not always all at once. */
  readonly problem: string;
  readonly isStarred: boolean;
  readonly payload: PayloadState;
  readonly hasEngine: boolean;
}

/** Cells whose contents do not come from the store, and so are drawn each time. */
const RESTLESS: readonly ColumnId[] = ['latency', 'note'];

/** A row of the list in the document, which shows one frame after the other. */
export class RowElement {
  readonly element = document.createElement('div');
  /** It showed the same frame at the last redraw. */
  stays = false;
  /** The cell with its message; undefined if that column is hidden. */
  readonly data: Element | undefined;
  private readonly cells: readonly Cell[];
  private readonly restless: readonly Cell[];
  private row = -1;
  private index = -1;
  private before: number | undefined;
  private isSelected: boolean | undefined;
  private colour: string | undefined;
  private className = '';
  private state: RowState | undefined;

  constructor(
    private readonly model: PanelModel,
    columns: readonly ColumnId[],
  ) {
    this.cells = columns.map((column) => CELLS[column]());
    this.restless = this.cells.filter((_, at) => RESTLESS.includes(columns[at] ?? 'data'));
    this.data = this.cells[columns.indexOf('data')]?.element;
    this.element.setAttribute('role', 'row');
    this.element.append(...this.cells.map(({ element }) => element));
    this.element.addEventListener('mousedown', (event) => select(event, this.model, this.row));
  }

  /** @param isNew everything must be drawn again */
  draw(place: RowPlace, isNew: boolean): void {
    const { model } = this;
    const { row, index, before } = place;
    const socket = model.socketOf(row);
    const kind = model.store.kind(row);
    this.drawSelection(model.selection.has(row));
    this.drawColour(colourOf(model, row));
    const isOther = isNew || row !== this.row || before !== this.before;
    this.drawPlace(row, index);
    this.before = before;
    const state = this.stateOf(row);
    const { timeFormat, colouredUnits } = place;
    const frame = { model, row, kind, socket, before, timeFormat, colouredUnits };
    if (!isOther && !this.hasChanged(state)) {
      for (const cell of this.restless) cell.draw(frame);
      return;
    }
    if (state.payload === 'away' && model.store.head(row, 1) === undefined) model.store.want(row);
    this.state = state;
    this.drawClass(`row ${rowClass(kind, state.flags)}`);
    for (const cell of this.cells) cell.draw(frame);
  }

  /** To be called when it goes out of sight. */
  leave(): void {
    for (const cell of this.cells) cell.leave?.();
    this.element.remove();
    this.state = undefined; // the next row with this number may belong to another list
  }

  private stateOf(row: number): RowState {
    const { model } = this;
    const { store } = model;
    const failed = store.kind(row) === FrameKind.error ? model.socketOf(row) : undefined;
    return {
      flags: store.flags(row),
      problem: failed ? problemOf(failed) : '',
      isStarred: store.remarks.of(row).isStarred,
      payload: store.payloadState(row),
      hasEngine: filterEngine() !== undefined,
    };
  }

  private hasChanged(next: RowState): boolean {
    const { state } = this;
    return (
      !state ||
      next.flags !== state.flags ||
      next.problem !== state.problem ||
      next.isStarred !== state.isStarred ||
      next.hasEngine !== state.hasEngine ||
      // What was read from the disk once and has been drawn need not be read again.
      (next.payload !== state.payload && !(next.payload === 'away' && state.payload === 'here'))
    );
  }

  private drawPlace(row: number, index: number): void {
    const { element } = this;
    if (row !== this.row) element.id = rowId(row);
    if (index !== this.index) element.setAttribute('aria-rowindex', String(index + 2));
    this.row = row;
    this.index = index;
  }

  private drawSelection(isSelected: boolean): void {
    if (isSelected === this.isSelected) return;
    this.isSelected = isSelected;
    this.element.setAttribute('aria-selected', String(isSelected));
  }

  private drawColour(colour: string | undefined): void {
    if (colour === this.colour) return;
    this.colour = colour;
    if (colour === undefined) this.element.removeAttribute('data-colour');
    else this.element.setAttribute('data-colour', colour);
  }

  private drawClass(className: string): void {
    if (className === this.className) return;
    this.className = className;
    this.element.className = className;
  }
}

/** The colour by which the user recognises the row's socket. */
function colourOf(model: PanelModel, row: number): string | undefined {
  const socket = model.socketOf(row);
  const colour = socket && model.shelf.marks.of(socket).colour;
  return colour === 'none' ? undefined : colour;
}

/** On pointer down, because another row may be below the pointer at pointer up if the list is moving. */
function select(event: MouseEvent, model: PanelModel, row: number): void {
  if (event.button === 2 && !model.selection.has(row)) model.selection.select(row); // a menu is about to open
  if (event.button !== 0) return;
  if (event.shiftKey) model.selection.extendTo(row, model.filter.view);
  else if (event.ctrlKey || event.metaKey) model.selection.toggle(row);
  else model.selection.select(row);
}

function rowClass(kind: FrameKind, flags: number): string {
  const classes = [KIND_CLASSES[kind]];
  if (flags & FrameFlag.injected) classes.push('is-injected');
  else if (flags & FrameFlag.byPanel) classes.push('is-by-panel');
  if (flags & FrameFlag.discarded) classes.push('is-discarded');
  return classes.join(' ');
}

const KIND_CLASSES: Readonly<Record<FrameKind, string>> = {
  [FrameKind.sentText]: 'is-sent',
  [FrameKind.sentBinary]: 'is-sent',
  [FrameKind.receivedText]: 'is-received',
  [FrameKind.receivedBinary]: 'is-received',
  [FrameKind.open]: 'is-open',
  [FrameKind.error]: 'is-error',
  [FrameKind.close]: 'is-close',
  [FrameKind.gap]: 'is-gap',
  [FrameKind.unseenSent]: 'is-gap',
  [FrameKind.unseenReceived]: 'is-gap',
};
