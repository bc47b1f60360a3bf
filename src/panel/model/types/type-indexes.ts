import { UNKNOWN_SOCKET } from '../../../decoders/protocol-signs.ts';
import { TypeIndex } from '../../../store/counts/type-index.ts';
import type { FrameStore } from '../../../store/frame-store.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';

/** Indexes go with the lists that they are of. */
const indexes = new WeakMap<FrameStore, { readonly field: string; readonly index: TypeIndex }>();

/**
 * Of which types the messages of a store are; made when it is first asked for, and anew where another field names them.
 * @param field name of the JSON member that names the types; empty where it is to be found
 */
export function typeIndexOf(
  store: FrameStore,
  field: string,
  socketOf: (number: number) => PanelSocket | undefined,
): TypeIndex {
  const known = indexes.get(store);
  if (known?.field === field) return known.index;
  const wordsOf = (row: number) => socketOf(store.socket(row))?.words ?? UNKNOWN_SOCKET;
  const index = new TypeIndex(store, wordsOf, field === '' ? undefined : [field]);
  indexes.set(store, { field, index });
  return index;
}

/** What messages hold is read in another way: the index of a store is to be made anew. */
export function forgetTypes(store: FrameStore): void {
  indexes.delete(store);
}
