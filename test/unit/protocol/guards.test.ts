import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FrameBatch, FrameFlag, FrameKind } from '../../../src/protocol/frames.ts';
import { readPageMessage } from '../../../src/protocol/guards.ts';
import type { PageMessage, RelayMessage } from '../../../src/protocol/messages.ts';
import { batchOf, socketRecord } from '../helpers/frames.ts';

const CREDIT = { messages: 3, bytes: 400 };

const BATCH = {
  type: 'batch',
  credit: CREDIT,
  sockets: [
    socketRecord({ stack: 'at a.js:1', openedAt: 1.5 }),
    socketRecord({
      id: 2,
      readyState: 3,
      adopted: true,
      closedAt: 4,
      close: { code: 1006, reason: 'x', wasClean: false },
      closing: { by: 'panel', at: 3, code: 4000, reason: 'y' },
    }),
  ],
  counts: [
    { socket: 2, observed: 20, gone: { sent: 1, sentBytes: 2, received: 3, receivedBytes: 4, events: 5 } },
  ],
  frames: batchOf([
    { payload: 'abc', kind: FrameKind.sentText, detail: { stack: 'at b.js:2' } },
    { payload: 'wide €' },
    { payload: Uint8Array.of(1, 2) },
    { kind: FrameKind.receivedBinary, flags: FrameFlag.pending, size: 10 },
    { kind: FrameKind.close, detail: { close: { code: 1000, reason: '', wasClean: true } } },
  ]),
  observed: 9,
} satisfies PageMessage;

const MESSAGES: readonly (PageMessage | RelayMessage)[] = [
  { type: 'hello', session: 's', version: 1 },
  BATCH,
  { ...BATCH, sockets: [], counts: [], frames: undefined },
  { type: 'content', credit: CREDIT, seq: 4, offset: 0, total: 1, part: Uint8Array.of(1) },
  { type: 'content', credit: CREDIT, seq: 4, offset: 2, total: 4, part: '\ud800\0' },
  { type: 'content', credit: CREDIT, seq: 4, offset: 0, total: 9, part: undefined },
  { type: 'result', id: 5, refusal: undefined },
  { type: 'result', id: 5, refusal: { reason: 'no-such-socket' } },
  { type: 'result', id: 5, refusal: { reason: 'not-open', readyState: 2 } },
  { type: 'result', id: 5, refusal: { reason: 'browser', message: 'no' } },
  { type: 'replaced' },
  { type: 'undeliverable', message: 'too long', credit: CREDIT },
];

/** A batch message whose frames are changed. */
function withFrames(change: Partial<Record<keyof FrameBatch, unknown>>): unknown {
  return { ...BATCH, frames: { ...BATCH.frames, ...change } };
}

function socketOf(value: unknown) {
  const message = readPageMessage({ ...BATCH, sockets: [value] });
  return message?.type === 'batch' ? message.sockets[0] : undefined;
}

test.each(MESSAGES)('a whole message of type $type passes as it is', (message) => {
  expect(readPageMessage(structuredClone(message))).toEqual(message);
});

test('no unchecked value passes', () => {
  const stray = { extra: 1, toString: 'x' };
  const read = readPageMessage({
    ...BATCH,
    ...stray,
    credit: { ...CREDIT, ...stray },
    sockets: BATCH.sockets.map((socket) => ({ ...socket, ...stray })),
  });
  expect(read).toEqual(BATCH);
});

describe('hostile shapes', () => {
  test('are refused or rebuilt and never cause an exception', () => {
    const fields = ['hello', 'batch', 'content', 'result', 'replaced', 'undeliverable'];
    const typed = fc.tuple(fc.constantFrom(...fields), fc.dictionary(fc.string(), fc.anything()));
    fc.assert(fc.property(fc.anything(), (value) => void readPageMessage(value)));
    fc.assert(fc.property(typed, ([type, rest]) => void readPageMessage({ ...rest, type })));
  });

  test('in one field of an otherwise valid message are refused or made harmless', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withTypedArray: true,
      withSparseArray: true,
    });
    const place = fc.constantFrom(
      ...MESSAGES.flatMap((message) => Object.keys(message).map((key) => ({ message, key }))),
    );
    fc.assert(
      fc.property(place, anything, ({ message, key }, value) => {
        const read = readPageMessage({ ...message, [key]: value });
        expect(read === undefined || MESSAGES.some(({ type }) => type === read.type)).toBe(true);
      }),
    );
  });

  test('of a socket’s fields become the plain values that the panel expects', () => {
    const field = fc.constantFrom(
      ...Object.keys(socketRecord()),
      'openedAt',
      'closedAt',
      'close',
      'closing',
      'stack',
    );
    fc.assert(
      fc.property(field, fc.anything(), (key, value) => {
        const socket = socketOf({ ...socketRecord(), [key]: value });
        if (!socket) return key === 'id';
        expect(Number.isSafeInteger(socket.id)).toBe(true);
        expect([0, 1, 2, 3]).toContain(socket.readyState);
        for (const text of [socket.url, socket.protocol, socket.extensions, socket.binaryType]) {
          expect(text).toBeTypeOf('string');
        }
        for (const number of [
          socket.bufferedAmount,
          socket.createdAt,
          socket.openedAt ?? 0,
          socket.closedAt ?? 0,
        ]) {
          expect(number).toSatisfy(Number.isFinite);
        }
        return true;
      }),
    );
  });

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '1', null, undefined, {}])(
    '%o is no counter',
    (value) => {
      expect(readPageMessage({ ...BATCH, observed: value })).toBeUndefined();
      expect(readPageMessage({ ...BATCH, credit: { ...CREDIT, messages: value } })).toBeUndefined();
      expect(readPageMessage(withFrames({ firstSeq: value }))).toBeUndefined();
      expect(readPageMessage({ type: 'result', id: value })).toBeUndefined();
      expect(readPageMessage({ type: 'hello', session: 's', version: value })).toBeUndefined();
      expect(socketOf({ ...socketRecord(), id: value })).toBeUndefined();
    },
  );

  test('one invalid socket does not affect the others', () => {
    const message = readPageMessage({ ...BATCH, sockets: [null, socketRecord(), { id: 'x' }] });
    expect(message).toMatchObject({ sockets: [socketRecord()] });
  });
});

describe('inconsistent columns are refused', () => {
  test.each([
    { what: 'a flag too few', change: { flags: new Uint8Array(4) } },
    { what: 'a socket too many', change: { sockets: new Uint32Array(6) } },
    { what: 'a time too few', change: { times: new Float64Array(4) } },
    { what: 'a length too few', change: { lengths: new Uint32Array(4) } },
    { what: 'a size too many', change: { sizes: new Float64Array(6) } },
    { what: 'less text than the lengths say', change: { text: 'ab' } },
    { what: 'more text than the lengths say', change: { text: 'abcd' } },
    { what: 'no wide text', change: { wide: '' } },
    { what: 'less binary than the lengths say', change: { bytes: Uint8Array.of(1) } },
    { what: 'an unknown kind', change: { kinds: Uint8Array.of(0, 2, 3, 3, 99) } },
    {
      what: 'a gap, which only the panel makes',
      change: { kinds: Uint8Array.of(0, 2, 3, 3, FrameKind.gap) },
    },
    { what: 'half a byte', change: { sizes: Float64Array.of(2, 1, 1, 0.5, 0) } },
    { what: 'bytes without end', change: { sizes: Float64Array.of(2, 1, 1, 1e300, 0) } },
    { what: 'an array in place of a column', change: { kinds: [0, 2, 3, 3, 6] } },
    { what: 'a column of another type', change: { sockets: new Uint16Array(5) } },
    { what: 'text that is no string', change: { text: ['a', 'b', 'c'] } },
  ])('$what', ({ change }) => {
    expect(readPageMessage(withFrames(change))).toBeUndefined();
  });

  test('except rows that say that messages are not seen', () => {
    const kinds = Uint8Array.of(0, 2, 3, 3, FrameKind.unseenReceived);
    expect(readPageMessage(withFrames({ kinds }))).toBeDefined();
  });

  test('any random mixture is refused or can be read completely', () => {
    const column = <Column>(make: (values: number[]) => Column, max: number) =>
      fc.array(fc.nat(max), { maxLength: 4 }).map(make);
    const frames = fc.record({
      firstSeq: fc.nat(),
      kinds: column((values) => Uint8Array.from(values), 8),
      flags: column((values) => Uint8Array.from(values), 127),
      sockets: column((values) => Uint32Array.from(values), 3),
      times: column((values) => Float64Array.from(values), 9),
      lengths: column((values) => Uint32Array.from(values), 2),
      sizes: column((values) => Float64Array.from(values), 9),
      text: fc.string({ maxLength: 3 }),
      wide: fc.string({ maxLength: 3 }),
      bytes: column((values) => Uint8Array.from(values), 255),
      details: fc.array(fc.record({ row: fc.nat(5) })),
    });
    fc.assert(
      fc.property(frames, (frames) => {
        const read = readPageMessage({ ...BATCH, frames });
        if (read?.type !== 'batch' || !read.frames) return;
        const { kinds, flags, sockets, times, lengths, sizes } = read.frames;
        for (const { length } of [flags, sockets, times, lengths, sizes]) expect(length).toBe(kinds.length);
        const units = read.frames.text.length + read.frames.wide.length + read.frames.bytes.length;
        expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(units);
      }),
    );
  });
});
