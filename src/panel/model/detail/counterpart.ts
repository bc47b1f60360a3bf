import type { PanelModel } from '../panel-model.ts';
import { messageTypeOf } from '../types/message-type-of.ts';

/** What a frame is compared with: the previous frame of its type, the previous frame, or the other selected frame. */
export type CounterpartChoice = 'type' | 'before' | 'selected';

/** Most rows that are searched for a frame to compare with. */
const LOOKED_THROUGH = 20_000;
/** Time limit of the search, in ms. */
const PATIENCE = 30;

/** The frame to compare a message with, of the same socket, direction and kind; undefined if there is none nearby. */
export function counterpart(model: PanelModel, row: number, choice: CounterpartChoice): number | undefined {
  switch (choice) {
    case 'selected':
      return otherSelected(model, row);
    case 'before':
      return searchBefore(model, row, () => true);
    case 'type': {
      const type = messageTypeOf(model, row);
      const isOfType = (other: number) => messageTypeOf(model, other) === type;
      return bytesAlike(model, row, type) ?? searchBefore(model, row, isOfType);
    }
  }
}

/** Binary messages of unknown type are usually of the same type if they have the same length, as in custom protocols. */
function bytesAlike(model: PanelModel, row: number, type: string | undefined): number | undefined {
  const { store } = model;
  if (type !== undefined || typeof store.payload(row) === 'string') return undefined;
  const size = store.size(row);
  return searchBefore(
    model,
    row,
    (other) => store.size(other) === size && messageTypeOf(model, other) === undefined,
  );
}

/** The other one of two selected frames. */
export function otherSelected({ selection, filter }: PanelModel, row: number): number | undefined {
  if (selection.count(filter.view) !== 2) return undefined;
  return selection.rows(filter.view).find((other) => other !== row);
}

function searchBefore(
  { store }: PanelModel,
  row: number,
  isWanted: (row: number) => boolean,
): number | undefined {
  const [kind, socket] = [store.kind(row), store.socket(row)];
  const last = Math.max(store.firstRow, row - LOOKED_THROUGH);
  const deadline = performance.now() + PATIENCE;
  for (let other = row - 1; other >= last; other--) {
    if (store.kind(other) !== kind || store.socket(other) !== socket) continue;
    if (isWanted(other)) return other;
    if (performance.now() > deadline) return undefined;
  }
  return undefined;
}
