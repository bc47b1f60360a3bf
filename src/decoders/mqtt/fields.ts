import { readableText, toBase64 } from '../bytes/bytes.ts';
import { parseJson } from '../json/document.ts';
import { publishedValues } from './published.ts';

/** The contents of a packet, by name. Bytes that are not text are written as base64. */
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

/** Most bytes of a payload that is parsed as JSON; a longer one is shown as text. */
const LONGEST_JSON = 256 * 1024;

/** Fields as a JSON text. A payload that is JSON is inserted as it was sent, so that its numbers and duplicate keys survive; one that holds values as these. */
export function fieldsAsJson(value: PacketValue): string {
  if (value instanceof Uint8Array) return bytesAsJson(value);
  if (Array.isArray(value)) return `[${value.map(fieldsAsJson).join(',')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(
      ([name, member]) =>
        `${JSON.stringify(name)}:${name === 'payload' ? payloadAsJson(member) : fieldsAsJson(member)}`,
    );
  return `{${members.join(',')}}`;
}

function payloadAsJson(payload: PacketValue): string {
  const values = payload instanceof Uint8Array ? publishedValues(payload) : undefined;
  return values ?? fieldsAsJson(payload);
}

function bytesAsJson(bytes: Uint8Array): string {
  const text = readableText(bytes);
  if (text === undefined) return JSON.stringify({ base64: toBase64(bytes) });
  const mayBeJson = bytes.length <= LONGEST_JSON && /^\s*[[{]/.test(text);
  return mayBeJson && parseJson(text).ok ? text : JSON.stringify(text);
}
