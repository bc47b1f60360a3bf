import { payloadType } from '../../decoders/message-types/payload-type.ts';
import type { SocketWords } from '../../decoders/protocol-signs.ts';
import { BINARY, type MessageTypeName, UNTYPED } from './type-keys.ts';

/** @param members names of the JSON members that hold the type, instead of the usual ones */
export function typeOfPayload(
  payload: string | Uint8Array,
  socket: SocketWords,
  members?: readonly string[],
): MessageTypeName {
  const name = payloadType(payload, { ...socket, members });
  if (name !== undefined) return { key: name, name };
  return { key: typeof payload === 'string' ? UNTYPED : BINARY, name: '' };
}

/** What filters need to know about the types of rows. */
export interface RowTypes {
  /** The key of the row's type; undefined if it is not known yet. */
  keyOf(row: number): string | undefined;
  /** Reads the payload of a row whose type was not known. @returns the type's key */
  learn(row: number, payload: string | Uint8Array, socket: SocketWords): string;
}

/** Remembers nothing. */
export const FORGETFUL_TYPES: RowTypes = {
  keyOf: () => undefined,
  learn: (_row, payload, socket) => typeOfPayload(payload, socket).key,
};
