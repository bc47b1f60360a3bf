import type { FrameStore } from '../../../store/frame-store.ts';
import { wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { showColumn } from '../columns/column-changes.ts';
import type { PanelModel } from '../panel-model.ts';

/** Stars the selected frames, or takes their stars where all have one. */
export function toggleStars(model: PanelModel): void {
  const rows = model.selection.rows(model.filter.view);
  starRows(model, rows, !rows.every((row) => model.store.remarks.of(row).isStarred));
}

export function toggleStar(model: PanelModel, row: number): void {
  starRows(model, [row], !model.store.remarks.of(row).isStarred);
}

function starRows(model: PanelModel, rows: readonly number[], isStarred: boolean): void {
  if (rows.length === 0) return;
  for (const row of rows) model.store.remarks.set(row, { isStarred });
  showColumn(model.columns, 'star', true);
  model.tell('good', starWords(rows.length, isStarred)); // the row that has it is not read out again
  model.touch();
}

function starWords(count: number, isStarred: boolean): string {
  if (count === 1) return t(isStarred ? 'starSet' : 'starTaken');
  return t(isStarred ? 'starsSet' : 'starsTaken', wholeNumber(count));
}

/** Begins to write the note of a frame, in the list. */
export function editNote(model: PanelModel, row: number): void {
  showColumn(model.columns, 'note', true);
  model.notedRow.value = row;
  model.touch();
}

/**
 * Ends that.
 * @param store the frame is in this one; the list may have been cleared since
 * @param note undefined leaves it as it was
 */
export function endNote(model: PanelModel, store: FrameStore, row: number, note: string | undefined): void {
  if (model.notedRow.value === row) model.notedRow.value = undefined;
  if (note !== undefined && note !== store.remarks.of(row).note) store.remarks.set(row, { note });
  model.touch();
}
