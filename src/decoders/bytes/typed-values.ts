import { doubleText, singleText } from './float-text.ts';

/** The bytes at an offset, read as one type. */
export interface TypedValue {
  readonly type:
    | 'int8'
    | 'uint8'
    | 'int16'
    | 'uint16'
    | 'int32'
    | 'uint32'
    | 'int64'
    | 'uint64'
    | 'float32'
    | 'float64'
    | 'utf-8';
  readonly value: string;
}

/** Bytes of the longest UTF-8 sequence (RFC 3629). */
const LONGEST_CHARACTER = 4;

/**
 * The bytes from an offset on, read as numbers and as a character. Types that need more bytes than there are left are missing.
 * @param littleEndian byte order of the numbers
 */
export function typedValues(bytes: Uint8Array, offset: number, littleEndian: boolean): TypedValue[] {
  const left = bytes.length - offset;
  if (left <= 0) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, left);
  const values: TypedValue[] = [
    { type: 'int8', value: String(view.getInt8(0)) },
    { type: 'uint8', value: String(view.getUint8(0)) },
  ];
  const add = (type: TypedValue['type'], size: number, read: () => number | bigint | string) => {
    if (left >= size) values.push({ type, value: String(read()) });
  };
  add('int16', 2, () => view.getInt16(0, littleEndian));
  add('uint16', 2, () => view.getUint16(0, littleEndian));
  add('int32', 4, () => view.getInt32(0, littleEndian));
  add('uint32', 4, () => view.getUint32(0, littleEndian));
  add('int64', 8, () => view.getBigInt64(0, littleEndian));
  add('uint64', 8, () => view.getBigUint64(0, littleEndian));
  add('float32', 4, () => singleText(view.getFloat32(0, littleEndian)));
  add('float64', 8, () => doubleText(view.getFloat64(0, littleEndian)));
  const character = characterAt(bytes, offset);
  if (character !== undefined) values.push({ type: 'utf-8', value: character });
  return values;
}

/** The character whose UTF-8 sequence begins at an offset; undefined if none does. */
function characterAt(bytes: Uint8Array, offset: number): string | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  for (let length = 1; length <= LONGEST_CHARACTER; length++) {
    try {
      return decoder.decode(bytes.subarray(offset, offset + length)) || undefined;
    } catch {
      // a longer sequence, or none
    }
  }
  return undefined;
}
