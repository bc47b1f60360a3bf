import { payloadType } from '../../decoders/message-types/payload-type.ts';
import type { SocketWords } from '../../decoders/protocol-signs.ts';
import { BINARY, type MessageTypeName, UNTYPED } from './type-keys.ts';

/** @param members names of JSON members to ask instead of the usual ones */
export function typeOfPayload(
  payload: string | Uint8Array,
  socket: SocketWords,
  members?: readonly string[],
): MessageTypeName {
  const name = payloadType(payload, { ...socket, members });
  if (name !== undefined) return { key: name, name };
  return { key: typeof payload === 'string' ? UNTYPED : BINARY, name: '' };
}

/** What filters ask of the types of rows. */
export interface RowTypes {
  /** The type's key; undefined where it is not known yet. */
  keyOf(row: number): string | undefined;
  /** Takes in the payload of a row whose type was not known. @returns the type's key */
  learn(row: number, payload: string | Uint8Array, socket: SocketWords): string;
}

/** Keeps nothing in mind. */
export const FORGETFUL_TYPES: RowTypes = {
  keyOf: () => undefined,
  learn: (_row, payload, socket) => typeOfPayload(payload, socket).key,
};
