import { MAX_PAYLOAD } from '../protocol/frames.ts';
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
} from './natives.ts';
import { utf8Length } from './utf8.ts';

/**
 * What one message carried, held so that nothing the page does later can change it. A Blob cannot change and is kept as it
 * is; buffers are copied at once, because games and codecs fill the same buffer again for the next message.
 */
export type Payload =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  | { readonly type: 'blob'; readonly blob: Blob }
  /** Longer than {@link MAX_PAYLOAD}. `size` is in bytes on the wire. */
  | { readonly type: 'gone'; readonly binary: boolean; readonly size: number };

export function textPayload(text: string): Payload {
  return text.length <= MAX_PAYLOAD
    ? { type: 'text', text }
    : { type: 'gone', binary: false, size: utf8Length(text) };
}

/** Bytes that the payload takes on the wire. */
export function wireSize(payload: Payload): number {
  switch (payload.type) {
    case 'text':
      return utf8Length(payload.text);
    case 'bytes':
      return viewByteLength(payload.bytes);
    case 'blob':
      return blobSize(payload.blob);
    case 'gone':
      return payload.size;
  }
}

/** Roughly what holding the payload costs, in bytes. A Blob's contents live outside the page's heap. */
export function heldSize(payload: Payload | undefined): number {
  switch (payload?.type) {
    case 'text':
      return payload.text.length;
    case 'bytes':
      return viewByteLength(payload.bytes);
    default:
      return 0;
  }
}

/**
 * The payload of a buffer, view or Blob; undefined for anything else. Brands are asked for by calling getters that throw on a
 * foreign object, because `instanceof` and `Object.prototype.toString` can be fooled and fail across realms.
 */
export function binaryPayload(data: unknown): Payload | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  if (isView(data)) return viewPayload(data);
  const length = tryRead(bufferByteLength, data as ArrayBuffer);
  if (length !== undefined) return bytesPayload(data as ArrayBuffer, 0, length);
  if (tryRead(blobSize, data as Blob) !== undefined) return { type: 'blob', blob: data as Blob };
  return undefined;
}

/**
 * True for a SharedArrayBuffer, which Chromium refuses and Firefox sends as `[object SharedArrayBuffer]`. Its own getter is out
 * of reach on pages that hide its constructor; a DataView takes either sort of buffer and nothing else, and runs no script.
 */
export function isSharedBuffer(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false;
  return tryRead((buffer) => new NativeDataView(buffer), data as ArrayBuffer) !== undefined;
}

function viewPayload(view: ArrayBufferView): Payload {
  if (typedArrayName(view) !== undefined) {
    const array = view as Uint8Array;
    return bytesPayload(viewBuffer(array), viewByteOffset(array), viewByteLength(array));
  }
  const dataView = view as DataView;
  return bytesPayload(dataViewBuffer(dataView), dataViewByteOffset(dataView), dataViewByteLength(dataView));
}

function bytesPayload(buffer: ArrayBufferLike, offset: number, length: number): Payload {
  if (length > MAX_PAYLOAD) return { type: 'gone', binary: true, size: length };
  try {
    return { type: 'bytes', bytes: copyBytes(buffer, offset, length) };
  } catch {
    return { type: 'gone', binary: true, size: length }; // no memory left for a copy
  }
}

/**
 * A copy of a part of a buffer. Not `slice`, which asks the page's `Symbol.species` what to make.
 * @throws RangeError if there is no memory for it
 */
export function copyBytes(buffer: ArrayBufferLike, offset: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new NativeUint8Array(length);
  setBytes(bytes, new NativeUint8Array(buffer, offset, length));
  return bytes;
}

/** What a getter gives; undefined where it throws, because the object is foreign to it. */
export function tryRead<Self, Value>(read: (self: Self) => Value, self: Self): Value | undefined {
  try {
    return read(self);
  } catch {
    return undefined;
  }
}
