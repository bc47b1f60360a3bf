import {
  blobSize,
  bufferByteLength,
  dataViewBuffer,
  dataViewByteLength,
  dataViewByteOffset,
  isView,
  NativeDataView,
  NativeUint8Array,
  setBytes,
  typedArrayName,
  viewBuffer,
  viewByteLength,
  viewByteOffset,
} from '../natives/natives.ts';
import { utf8Length } from '../natives/utf8.ts';

/**
 * What one message carried, held so that nothing the page does later can change it. A Blob cannot change and is kept as it
 * is; buffers are copied at once, because games and codecs fill the same buffer again for the next message. For a payload that is
 * not held (too long, or dropped) it is the number of bytes on the wire.
 */
export type Payload = string | Uint8Array | Blob | number;

/** Bytes that the payload takes on the wire. */
export function wireSize(payload: Payload): number {
  return typeof payload === 'string'
    ? utf8Length(payload)
    : typeof payload === 'number'
      ? payload
      : lengthOf(payload);
}

/** Length of what is held, in UTF-16 units or bytes; approximately what holding it costs. */
export function heldSize(payload: Payload | undefined): number {
  if (typeof payload === 'string') return payload.length;
  return typeof payload === 'object' ? lengthOf(payload) : 0;
}

/** True for binary data that is in memory. */
export function isBytes(payload: Payload | undefined): payload is Uint8Array {
  return isView(payload);
}

function lengthOf(payload: Uint8Array | Blob): number {
  return isBytes(payload) ? viewByteLength(payload) : blobSize(payload);
}

/**
 * The payload of a buffer, view or Blob; undefined for anything else. Types are tested by calling getters that throw on other
 * objects, because `instanceof` and `Object.prototype.toString` can be fooled and fail across realms.
 * @param limit bytes; of longer ones no copy is made
 */
export function binaryPayload(data: unknown, limit: number): Payload | undefined {
  if (typeof data !== 'object') return undefined;
  if (isView(data)) return viewPayload(data, limit);
  const length = tryRead(bufferByteLength, data as ArrayBuffer);
  if (length !== undefined) return bytesPayload(data as ArrayBuffer, 0, length, limit);
  if (tryRead(blobSize, data as Blob) !== undefined) return data as Blob;
  return undefined;
}

/**
 * True for a SharedArrayBuffer, which Chromium refuses and Firefox sends as `[object SharedArrayBuffer]`. Its own getter is out
 * of reach on pages that hide its constructor; a DataView takes either sort of buffer and nothing else, and runs no script.
 */
export function isSharedBuffer(data: unknown): boolean {
  // All else is not even tried: an exception for each text would take time.
  return (
    typeof data === 'object' &&
    tryRead((buffer) => new NativeDataView(buffer), data as ArrayBuffer) !== undefined
  );
}

function viewPayload(view: ArrayBufferView, limit: number): Payload {
  return typedArrayName(view) === undefined
    ? // Over a buffer that is detached or has shrunk it throws where typed arrays say 0; browsers send an empty message for both.
      (tryRead((data) => dataViewPayload(data, limit), view as DataView) ?? new NativeUint8Array())
    : typedArrayPayload(view as Uint8Array, limit);
}

function typedArrayPayload(array: Uint8Array, limit: number): Payload {
  return bytesPayload(viewBuffer(array), viewByteOffset(array), viewByteLength(array), limit);
}

function dataViewPayload(view: DataView, limit: number): Payload {
  return bytesPayload(dataViewBuffer(view), dataViewByteOffset(view), dataViewByteLength(view), limit);
}

function bytesPayload(buffer: ArrayBufferLike, offset: number, length: number, limit: number): Payload {
  try {
    if (length <= limit) return copyBytes(buffer, offset, length);
  } catch {
    // no memory left for a copy
  }
  return length;
}

/**
 * A copy of a part of a buffer. Not `slice`, which asks the page's `Symbol.species` what to make.
 * @throws RangeError if there is no memory for it
 */
export function copyBytes(buffer: ArrayBufferLike, offset: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new NativeUint8Array(length);
  // A detached buffer has no length, and must not be looked into.
  if (length) setBytes(bytes, new NativeUint8Array(buffer, offset, length));
  return bytes;
}

/** The result of a getter; undefined if it throws because the object is of another type. */
export function tryRead<Self, Value>(read: (self: Self) => Value, self: Self): Value | undefined {
  try {
    return read(self);
  } catch {
    return undefined;
  }
}
