import type { VNode } from 'preact';
import { FrameFlag, FrameKind } from '../../../protocol/frames.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import type { ColumnId, TimeFormat } from '../../settings/column-choices.ts';
import { CELLS } from './cells.tsx';
import { rowId } from './row-id.ts';

/** How all rows of the list are drawn. */
export interface RowLook {
  /** The cells that are seen, in their order. */
  readonly columns: readonly ColumnId[];
  readonly timeFormat: TimeFormat;
}

interface FrameRow {
  readonly model: PanelModel;
  readonly row: number;
  /** Which of the list's elements it is drawn into. */
  readonly slot: number;
  readonly index: number;
  readonly isSelected: boolean;
  readonly look: RowLook;
  /** The row above, in the view. */
  readonly before: number | undefined;
}

export function drawRow({ model, row, slot, index, isSelected, look, before }: FrameRow): VNode {
  const { store } = model;
  const kind = store.kind(row);
  const frame = { model, row, kind, socket: model.socketOf(row), before, timeFormat: look.timeFormat };
  return (
    <div
      key={slot}
      id={rowId(row)}
      class={`row ${rowClass(kind, store.flags(row))}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-colour={colourOf(model, row)}
      onMouseDown={(event) => select(event, model, row)}
    >
      {look.columns.map((column) => CELLS[column](frame))}
    </div>
  );
}

/** By which a person knows the row's socket again. */
export function colourOf(model: PanelModel, row: number): string | undefined {
  const socket = model.socketOf(row);
  const colour = socket && model.shelf.marks.of(socket).colour;
  return colour === 'none' ? undefined : colour;
}

/** On the way down, because in a running list another row is under the pointer when it comes up. */
function select(event: MouseEvent, model: PanelModel, row: number): void {
  if (event.button === 2 && !model.selection.has(row)) model.selection.select(row); // a menu is about to open
  if (event.button !== 0) return;
  if (event.shiftKey) model.selection.extendTo(row);
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
