/**
 * Runtime ports carry structured clones in Firefox and in Chrome from 148 on; older Chromes carry JSON, which turns an
 * ArrayBuffer silently into `{}`. Both ends of a port open it with a sample of bytes; if it does not arrive as bytes, they
 * encode binary parts as base64 from then on.
 */

/** The first message in each direction on every port between panel and content script. */
export interface PortOpening {
  readonly type: 'open';
  readonly sample: unknown;
  /** As in announcements: from the panel the document it looks for, from the content script the one it stands for. */
  readonly document: string;
}

const SAMPLE = [0, 127, 255];

export function portOpening(document: string): PortOpening {
  return { type: 'open', sample: new Uint8Array(SAMPLE), document };
}

export function isPortOpening(message: unknown): message is PortOpening {
  return isObject(message) && message.type === 'open' && typeof message.document === 'string';
}

/** True if binary parts of messages arrive as they were sent. */
export function carriesBytes(opening: PortOpening): boolean {
  const { sample } = opening;
  return sample instanceof Uint8Array && SAMPLE.every((byte, index) => sample[index] === byte);
}

type ArrayType = Uint8ArrayConstructor | Uint32ArrayConstructor | Float64ArrayConstructor;

const ARRAY_TYPES: ReadonlyMap<string, ArrayType> = new Map<string, ArrayType>([
  ['Uint8Array', Uint8Array],
  ['Uint32Array', Uint32Array],
  ['Float64Array', Float64Array],
]);

/** Any name that no message has. */
const TYPE_KEY = '$array';

/** The message as JSON can carry it: `{ $array: type, base64 }` for each typed array. */
export function encode(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    return { [TYPE_KEY]: value.constructor.name, base64: toBase64(value) };
  }
  if (Array.isArray(value)) return value.map(encode);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encode(part)]));
}

/** Undoes {@link encode}; leaves alone what was not encoded. */
export function decode(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return value;
  if (Array.isArray(value)) return value.map(decode);
  if (!isObject(value)) return value;
  const type = value[TYPE_KEY];
  if (typeof type === 'string' && typeof value.base64 === 'string') {
    return arrayOf(type, value.base64);
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, decode(part)]));
}

/** Undefined for what was not made by {@link encode}. */
function arrayOf(type: string, base64: string): ArrayBufferView | undefined {
  const ArrayType = ARRAY_TYPES.get(type);
  if (!ArrayType) return undefined;
  try {
    return new ArrayType(fromBase64(base64));
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Arguments of one call; more would overflow the stack. */
const CHUNK = 0x8000;

function toBase64(view: ArrayBufferView): string {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  let binary = '';
  for (let start = 0; start < bytes.length; start += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(binary);
}

function fromBase64(base64: string): ArrayBuffer {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes.buffer;
}
