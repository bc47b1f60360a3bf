import { messageType } from '../decoders/message-type.ts';
import { BINARY, type MessageTypeName, UNTYPED } from './type-keys.ts';

/** @param members names of JSON members to ask instead of the usual ones */
export function typeOfPayload(
  payload: string | Uint8Array,
  url: string,
  members?: readonly string[],
): MessageTypeName {
  if (typeof payload !== 'string') return { key: BINARY, name: '' };
  const name = messageType(payload, { url, members });
  return name === undefined ? { key: UNTYPED, name: '' } : { key: name.toLowerCase(), name };
}

/** What filters ask of the types of rows. */
export interface RowTypes {
  /** The type's key; undefined where it is not known yet. */
  keyOf(row: number): string | undefined;
  /** Takes in the payload of a row whose type was not known. @returns the type's key */
  learn(row: number, payload: string | Uint8Array, url: string): string;
}

/** Keeps nothing in mind. */
export const FORGETFUL_TYPES: RowTypes = {
  keyOf: () => undefined,
  learn: (_row, payload, url) => typeOfPayload(payload, url).key,
};
