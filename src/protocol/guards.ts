import {
  type CloseDetail,
  type FrameBatch,
  type FrameDetail,
  FrameFlag,
  FrameKind,
  MAX_PAYLOAD,
  type Tally,
} from './frames.ts';
import type { Credit, PageMessage, Refusal, RelayMessage } from './messages.ts';
import type { ClosingRequest, ReadyState, SocketCount, SocketRecord } from './sockets.ts';

/**
 * Validates a message from a page. Everything is rebuilt from checked parts, so that no code after this point meets an unexpected
 * shape, whatever the page has done to the hook.
 * @returns undefined for anything that is not a whole message
 */
export function readPageMessage(value: unknown): PageMessage | RelayMessage | undefined {
  if (!isObject(value)) return undefined;
  switch (value.type) {
    case 'hello':
      return readHello(value);
    case 'batch':
      return readBatch(value);
    case 'content':
      return readContent(value);
    case 'result':
      return readResult(value);
    case 'replaced':
      return { type: 'replaced' };
    case 'ended':
      return { type: 'ended' };
    case 'undeliverable':
      return {
        type: 'undeliverable',
        message: text(value.message),
        credit: value.credit === undefined ? undefined : readCredit(value.credit),
      };
    default:
      return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function readHello({ session, version }: Fields): PageMessage | undefined {
  if (typeof session !== 'string' || !isCount(version)) return undefined;
  return { type: 'hello', session, version };
}

function readBatch(value: Fields): PageMessage | undefined {
  const credit = readCredit(value.credit);
  const frames = value.frames === undefined ? undefined : readFrames(value.frames);
  if (!credit || !isCount(value.observed) || (value.frames !== undefined && !frames)) return undefined;
  const sockets = list(value.sockets, readSocket);
  const counts = list(value.counts, readCount);
  return { type: 'batch', credit, sockets, counts, frames, observed: value.observed };
}

function readContent({ credit, seq, offset, total, part }: Fields): PageMessage | undefined {
  const counters = readCredit(credit);
  if (!counters || !isCount(seq) || !isCount(offset) || !isCount(total)) return undefined;
  const isPart = typeof part === 'string' || part instanceof Uint8Array;
  const fits = isPart && total <= MAX_PAYLOAD && offset + part.length <= total;
  return { type: 'content', credit: counters, seq, offset, total, part: fits ? part : undefined };
}

function readResult({ id, refusal }: Fields): PageMessage | undefined {
  return isCount(id) ? { type: 'result', id, refusal: readRefusal(refusal) } : undefined;
}

function readRefusal(value: unknown): Refusal | undefined {
  if (!isObject(value)) return undefined;
  switch (value.reason) {
    case 'no-such-socket':
    case 'stream-locked':
    case 'stream-inject':
      return { reason: value.reason };
    case 'not-open':
      return { reason: 'not-open', readyState: isCount(value.readyState) ? value.readyState : 0 };
    default:
      return { reason: 'browser', message: text(value.message) };
  }
}

function readCredit(value: unknown): Credit | undefined {
  if (!isObject(value) || !isCount(value.messages) || !isCount(value.bytes)) return undefined;
  return { messages: value.messages, bytes: value.bytes };
}

function readSocket(value: unknown): SocketRecord | undefined {
  if (!isObject(value) || !isCount(value.id)) return undefined;
  return {
    id: value.id,
    url: text(value.url),
    readyState: isReadyState(value.readyState) ? value.readyState : 0,
    protocol: text(value.protocol),
    extensions: text(value.extensions),
    binaryType: text(value.binaryType),
    bufferedAmount: number(value.bufferedAmount) ?? 0,
    createdAt: number(value.createdAt) ?? 0,
    openedAt: number(value.openedAt),
    closedAt: number(value.closedAt),
    close: readClose(value.close),
    closing: readClosing(value.closing),
    adopted: value.adopted === true,
    isStream: value.isStream === true || undefined,
    hasUnseen: value.hasUnseen === true || undefined,
    stack: optionalText(value.stack),
  };
}

function readCount(value: unknown): SocketCount | undefined {
  if (!isObject(value) || !isCount(value.socket) || !isObject(value.gone)) return undefined;
  if (!isCount(value.observed)) return undefined;
  const { sent, sentBytes, received, receivedBytes, events } = value.gone;
  const tally: Tally = {
    sent: amount(sent),
    sentBytes: amount(sentBytes),
    received: amount(received),
    receivedBytes: amount(receivedBytes),
    events: amount(events),
  };
  return { socket: value.socket, observed: value.observed, gone: tally };
}

function readClose(value: unknown): CloseDetail | undefined {
  if (!isObject(value)) return undefined;
  return { code: number(value.code) ?? 0, reason: text(value.reason), wasClean: value.wasClean === true };
}

function readClosing(value: unknown): ClosingRequest | undefined {
  if (!isObject(value)) return undefined;
  return {
    by: value.by === 'panel' ? 'panel' : 'page',
    at: number(value.at) ?? 0,
    code: number(value.code),
    reason: optionalText(value.reason),
  };
}

function readFrames(value: unknown): FrameBatch | undefined {
  if (!isObject(value) || !isCount(value.firstSeq)) return undefined;
  const { kinds, flags, sockets, times, lengths, sizes, bytes } = value;
  if (!(kinds instanceof Uint8Array) || !(flags instanceof Uint8Array)) return undefined;
  if (!(sockets instanceof Uint32Array) || !(lengths instanceof Uint32Array)) return undefined;
  if (!(times instanceof Float64Array) || !(sizes instanceof Float64Array)) return undefined;
  if (!(bytes instanceof Uint8Array)) return undefined;
  const batch: FrameBatch = {
    firstSeq: value.firstSeq,
    kinds,
    flags,
    sockets,
    times,
    lengths,
    sizes,
    text: text(value.text),
    wide: text(value.wide),
    bytes,
    details: list(value.details, readDetail),
  };
  return isConsistent(batch) ? batch : undefined;
}

function readDetail(value: unknown): FrameDetail | undefined {
  if (!isObject(value) || !isCount(value.row)) return undefined;
  return { row: value.row, stack: optionalText(value.stack), close: readClose(value.close) };
}

/** Columns of one length, kinds that exist, and pools that hold just what the lengths say. */
function isConsistent(batch: FrameBatch): boolean {
  const { kinds, flags, lengths } = batch;
  const rows = kinds.length;
  const columns = [flags, batch.sockets, batch.times, lengths, batch.sizes];
  if (columns.some((column) => column.length !== rows)) return false;
  const { text, wide, bytes } = batch;
  let narrowUnits = 0;
  let wideUnits = 0;
  let byteUnits = 0;
  for (let row = 0; row < rows; row++) {
    if (!isPossible(batch, row)) return false;
    const length = lengths[row] ?? 0;
    if (isBinaryKind(kinds[row] ?? 0)) byteUnits += length;
    else if ((flags[row] ?? 0) & FrameFlag.wide) wideUnits += length;
    else narrowUnits += length;
  }
  return narrowUnits === text.length && wideUnits === wide.length && byteUnits === bytes.length;
}

function isPossible({ kinds, flags, lengths, sizes, times }: FrameBatch, row: number): boolean {
  const kind = kinds[row] ?? 0;
  const isHere = !((flags[row] ?? 0) & (FrameFlag.pending | FrameFlag.payloadGone));
  const mayHavePayload = kind < FrameKind.open && isHere;
  return (
    kind <= FrameKind.unseenReceived &&
    kind !== FrameKind.gap &&
    (mayHavePayload ? isSizeOf(sizes[row], lengths[row] ?? 0) : lengths[row] === 0 && isCount(sizes[row])) &&
    isAmount(times[row])
  );
}

/** UTF-8 takes one to three bytes for a UTF-16 unit, and binary data exactly one byte a unit; nothing more is checked. */
function isSizeOf(size: unknown, length: number): boolean {
  return isCount(size) && size >= length && size <= 3 * length;
}

/** True for messages whose payload is bytes. */
export function isBinaryKind(kind: number): boolean {
  return kind === FrameKind.sentBinary || kind === FrameKind.receivedBinary;
}

function list<Item>(value: unknown, read: (item: unknown) => Item | undefined): Item[] {
  if (!Array.isArray(value)) return [];
  return value.map(read).filter((item) => item !== undefined);
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isReadyState(value: unknown): value is ReadyState {
  return value === 0 || value === 1 || value === 2 || value === 3;
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function amount(value: unknown): number {
  return isCount(value) ? value : 0;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
