import { SETTINGS } from '../../settings/schema.ts';
import { filterEngine } from '../filter/filter-loader.ts';
import type { PanelModel } from '../panel-model.ts';

/** Most UTF-16 units of a payload that are searched for its type. */
const HEAD = 4096;

/** The type of a message, as its protocol names it; undefined if nothing does. */
export function messageTypeOf(model: PanelModel, row: number): string | undefined {
  const engine = filterEngine(); // loaded after the first picture
  if (!engine) return undefined;
  const head = model.store.head(row, HEAD);
  if (head === undefined) return undefined;
  const field = model.settings.of(SETTINGS.typeField).value;
  return engine.payloadType(head, {
    ...model.socketOf(row)?.words,
    members: field === '' ? undefined : [field],
  });
}
