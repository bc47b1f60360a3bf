import { readableText, toBase64 } from '../bytes/bytes.ts';
import { parseJson } from '../json/document.ts';

/** What a packet holds, by name. Bytes are written as base64 where they are no text. */
export interface PacketFields {
  readonly [name: string]: PacketValue;
}

export type PacketValue =
  | string
  | number
  | boolean
  | undefined
  | Uint8Array
  | PacketFields
  | readonly PacketValue[];

export function isFields(value: PacketValue): value is PacketFields {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array);
}

/** Bytes of a payload that are looked at as JSON; a longer one is a text. */
const LONGEST_JSON = 256 * 1024;

/** Fields as a JSON text. A payload that is JSON stands in it as it was sent, with its numbers and duplicate keys. */
export function fieldsAsJson(value: PacketValue): string {
  if (value instanceof Uint8Array) return bytesAsJson(value);
  if (Array.isArray(value)) return `[${value.map(fieldsAsJson).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}:${fieldsAsJson(member)}`);
  return `{${members.join(',')}}`;
}

function bytesAsJson(bytes: Uint8Array): string {
  const text = readableText(bytes);
  if (text === undefined) return JSON.stringify({ base64: toBase64(bytes) });
  const mayBeJson = bytes.length <= LONGEST_JSON && /^\s*[[{]/.test(text);
  return mayBeJson && parseJson(text).ok ? text : JSON.stringify(text);
}
