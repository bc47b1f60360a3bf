import { readableText } from '../bytes/bytes.ts';
import { BytesCutOff, ByteValues, MalformedBytes } from './byte-values.ts';
import { readCbor } from './cbor.ts';
import type { BytesReading } from './formats.ts';
import { readMessagePack } from './message-pack.ts';
import { type ProtobufSigns, readProtobuf } from './protobuf.ts';
import { type ReadingRemark, ValueText } from './value-text.ts';

/** What bytes hold. */
export interface ReadBytes {
  readonly reading: BytesReading;
  /** The values as JSON; of several a list. */
  readonly json: string;
  /** Whether they go on behind what was at hand. */
  readonly isCut: boolean;
  readonly remarks: ReadonlySet<ReadingRemark>;
}

export type ReadingResult = ReadBytes | { readonly malformedAt: number };

/** bytes; it takes some 0.1 µs each, and to read more at once would hold up the panel: that is a worker's */
export const LONGEST_READ = 512 * 1024;
/** Shorter messages mean anything. */
const LEAST_GUESSED = 3;
/** Fields of Protocol Buffers that are enough to tell that it is one. */
const ENOUGH_FIELDS = 5;
/** bytes that show whether a message is a text */
const TEXT_HEAD = 32;

const NO_REMARKS: ReadonlySet<ReadingRemark> = new Set();

/**
 * Reads bytes as what they are said to be. Never throws.
 * @param size bytes that the message has, of which the beginning may be all that is at hand
 */
export function readAs(reading: BytesReading, bytes: Uint8Array, size = bytes.length): ReadingResult {
  switch (reading) {
    case 'MessagePack':
      return first(
        () => readValues(reading, bytes, size, 'one'),
        () => readValues(reading, bytes, size, 'with-lengths'),
        () => readValues(reading, bytes, size, 'several'),
      );
    case 'CBOR':
      return first(
        () => readValues(reading, bytes, size, 'one'),
        () => readValues(reading, bytes, size, 'several'),
      );
    case 'Protobuf':
      return protobuf(bytes, size);
  }
}

/** The byte at which bytes show not to be what they are said to be; 0 where they are. */
export function malformedAt(reading: BytesReading, bytes: Uint8Array): number {
  const result = readAs(reading, bytes);
  return 'malformedAt' in result ? result.malformedAt : 0;
}

/**
 * Reads bytes that nobody has said anything of: they have to be a map or a list up to their very end, or look very much like a message of
 * Protocol Buffers. Never throws.
 * @returns undefined where they may be anything
 */
export function guessReading(bytes: Uint8Array, size = bytes.length): ReadBytes | undefined {
  if (size < LEAST_GUESSED) return undefined;
  const [head = 0, second = 0] = bytes;
  const tries = [
    () => isMessagePackContainer(head) && readValues('MessagePack', bytes, size, 'one'),
    () => isCborContainer(head) && readValues('CBOR', bytes, size, 'one'),
    () =>
      (isMessagePackList(second) || isMessagePackList(bytes[2] ?? 0)) &&
      readValues('MessagePack', bytes, size, 'with-lengths'),
    () => !isText(bytes) && protobuf(bytes, size, looksLikeOne),
  ];
  for (const read of tries) {
    const result = read();
    if (result && 'json' in result && !result.remarks.has('not-utf8')) return result;
  }
  return undefined;
}

function isMessagePackContainer(byte: number): boolean {
  return (byte > 0x80 && byte < 0x90) || byte === 0xde || byte === 0xdf || isMessagePackList(byte);
}

function isMessagePackList(byte: number): boolean {
  return (byte > 0x90 && byte < 0xa0) || byte === 0xdc || byte === 0xdd;
}

/** Lists and maps that are not empty, and the tag that says that CBOR follows. */
function isCborContainer(byte: number): boolean {
  return (byte > 0x80 && byte < 0xc0 && byte !== 0xa0) || byte === 0xd9;
}

/** Bytes that begin as text do are taken for it. */
function isText(bytes: Uint8Array): boolean {
  return readableText(bytes.subarray(0, TEXT_HEAD)) !== undefined;
}

/**
 * How values stand in a message. SignalR writes before each one how long it is. Several without that are maps or lists: any bytes
 * can be read as many numbers.
 */
type Framing = 'one' | 'several' | 'with-lengths';

/** The result of the first that succeeds, or of the very first. */
function first(...tries: readonly (() => ReadingResult)[]): ReadingResult {
  let failure: ReadingResult | undefined;
  for (const read of tries) {
    const result = read();
    if ('json' in result) return result;
    failure ??= result;
  }
  return failure ?? { malformedAt: 0 };
}

function readValues(
  reading: 'MessagePack' | 'CBOR',
  bytes: Uint8Array,
  size: number,
  framing: Framing,
): ReadingResult {
  const values = new ByteValues(bytes, size);
  const text = new ValueText(values);
  let isCut = false;
  try {
    writeValues(values, text, FORMATS[reading], framing);
  } catch (error) {
    if (error instanceof MalformedBytes) return { malformedAt: values.failedAt };
    if (!(error instanceof BytesCutOff)) throw error;
    isCut = true;
  }
  if (framing === 'with-lengths') text.remarks.add('lengths');
  const areSeveral = text.remarks.has('several');
  return { reading, json: areSeveral ? `[${text.text}]` : text.text, isCut, remarks: text.remarks };
}

interface ValueFormat {
  readonly read: (values: ByteValues, text: ValueText) => void;
  readonly isContainer: (byte: number) => boolean;
}

const FORMATS: Readonly<Record<'MessagePack' | 'CBOR', ValueFormat>> = {
  MessagePack: { read: readMessagePack, isContainer: isMessagePackContainer },
  CBOR: { read: readCbor, isContainer: isCborContainer },
};

/** Writes all values of a message, with commas between them. */
function writeValues(
  values: ByteValues,
  text: ValueText,
  { read, isContainer }: ValueFormat,
  framing: Framing,
): void {
  const withLengths = framing === 'with-lengths';
  for (;;) {
    const end = withLengths ? endOfNext(values) : values.size;
    if (framing === 'several' && !isContainer(values.next())) values.fail();
    read(values, text);
    if ((withLengths || framing === 'one') && values.at !== end) values.fail();
    if (values.isOver) return;
    text.remarks.add('several');
    text.add(',\n');
  }
}

/** Reads a length: seven bits a byte, the lowest first. @returns where the value behind it ends */
function endOfNext(values: ByteValues): number {
  let length = 0;
  for (let factor = 1; factor <= 2 ** 28; factor *= 128) {
    const byte = values.byte();
    length += (byte & 127) * factor;
    if (byte < 128) break;
  }
  if (length === 0 || length > values.left) values.fail();
  return values.at + length;
}

function protobuf(
  bytes: Uint8Array,
  size: number,
  isOne: (signs: ProtobufSigns) => boolean = () => true,
): ReadingResult {
  const values = new ByteValues(bytes, size);
  try {
    const { json, isCut, signs } = readProtobuf(values);
    return isOne(signs) ? { reading: 'Protobuf', json, isCut, remarks: NO_REMARKS } : { malformedAt: 0 };
  } catch (error) {
    if (error instanceof MalformedBytes) return { malformedAt: values.failedAt };
    throw error;
  }
}

/** Almost any few bytes can be read as fields. Writers put these in order, and most messages hold a text or another message. */
function looksLikeOne({ fields, telling, areInOrder }: ProtobufSigns): boolean {
  return areInOrder && (telling > 0 || fields >= ENOUGH_FIELDS);
}
