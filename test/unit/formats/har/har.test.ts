import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HarReader } from '../../../../src/formats/har/read.ts';
import {
  HAR_ENTRY_END,
  harEnd,
  harEntryStart,
  harMessage,
  harStart,
} from '../../../../src/formats/har/write.ts';
import type { RecordedFrame, RecordedSocket } from '../../../../src/formats/recording.ts';
import { FrameKind } from '../../../../src/protocol/frames.ts';
import { anyMessages, Collected, partsOf, recordedFrame, recordedSocket } from '../recordings.ts';

function written(sockets: readonly RecordedSocket[], frames: readonly RecordedFrame[]): string {
  const urls = [...new Set(sockets.map(({ documentUrl }) => documentUrl))];
  let text = harStart('1.2.3');
  sockets.forEach((socket, index) => {
    text += harEntryStart(socket, urls.indexOf(socket.documentUrl), index === 0);
    let isFirst = true;
    for (const frame of frames) {
      const message = frame.socket === socket.number ? harMessage(frame, isFirst) : '';
      if (message) isFirst = false;
      text += message;
    }
    text += HAR_ENTRY_END;
  });
  return text + harEnd(urls.map((url) => ({ url, time: 0 })));
}

function read(text: string, partLength = 1 << 16): Collected {
  const collected = new Collected();
  const reader = new HarReader(collected);
  for (const part of partsOf(text, partLength)) reader.push(part);
  for (const _ of reader.end());
  return collected;
}

const fixture = (name: string) =>
  readFileSync(new URL(`../../../fixtures/har/${name}.har`, import.meta.url), 'utf8');

/** What matters of a row, in short. */
const inShort = ({ socket, kind, payload }: RecordedFrame) => [
  socket,
  KINDS[kind],
  typeof payload === 'object' ? [...payload] : payload,
];
const KINDS = ['sent', 'sent', 'received', 'received', 'open', 'error', 'close', 'gap'];

describe('HAR', () => {
  it('brings back direction, time, contents and order, in parts of any length', () => {
    fc.assert(
      fc.property(anyMessages, fc.integer({ min: 1, max: 50 }), (frames, length) => {
        const sockets = [1, 2, 3].map((number) => recordedSocket({ number }));
        const found = read(written(sockets, frames), length);
        expect(found.problems).toEqual([]);
        const messages = found.frames.filter(({ kind }) => kind !== FrameKind.open);
        const expected = frames.map(({ stack, flags, ...rest }) => rest);
        // A stable order of equal times is by socket here, as the file is.
        const byTime = expected
          .map((frame, index) => ({ frame, index }))
          .sort(
            (a, b) => a.frame.time - b.frame.time || a.frame.socket - b.frame.socket || a.index - b.index,
          );
        expect(messages.map(({ flags, ...rest }) => ({ ...rest, time: Math.round(rest.time * 8) }))).toEqual(
          byTime.map(({ frame }) => ({ ...frame, time: Math.round(frame.time * 8) })),
        );
      }),
    );
  });

  it('brings back what is known of a socket', () => {
    const socket = recordedSocket();
    const close = { code: 4000, reason: 'enough', wasClean: true };
    const closed = {
      ...socket.record,
      readyState: 3,
      closedAt: socket.record.createdAt + 5000,
      close,
    } as const;
    const { sockets, frames } = read(written([{ ...socket, record: closed }], []));
    const { binaryType, ...known } = closed;
    expect(sockets).toMatchObject([{ documentUrl: socket.documentUrl, record: known }]);
    expect(frames).toMatchObject([
      { kind: FrameKind.open, time: closed.openedAt },
      { kind: FrameKind.close, time: closed.closedAt, close },
    ]);
  });

  it('is what Chrome demands of a HAR', () => {
    const { log } = JSON.parse(written([recordedSocket()], [recordedFrame()]));
    expect(log).toMatchObject({ version: '1.2', creator: { name: 'Framescope', version: '1.2.3' } });
    const [entry] = log.entries;
    expect(Number.isNaN(Date.parse(entry.startedDateTime))).toBe(false);
    for (const number of [
      entry.time,
      entry.request.headersSize,
      entry.request.bodySize,
      entry.response.status,
      entry.response.content.size,
      entry.timings.send,
      entry.timings.wait,
      entry.timings.receive,
    ]) {
      expect(number).toEqual(expect.any(Number));
    }
    expect(entry._resourceType).toBe('websocket');
    expect(entry._webSocketMessages).toEqual([
      { type: 'receive', time: recordedFrame().time / 1000, opcode: 1, data: 'hello' },
    ]);
  });

  it('leaves out what HAR has no place for', () => {
    const gap = { frames: 1, bytes: 1, reason: 'memory' } as const;
    expect(harMessage(recordedFrame({ kind: FrameKind.gap, payload: undefined, gap }), true)).toBe('');
    expect(harMessage(recordedFrame({ payload: undefined }), true)).toBe('');
  });

  it('reads what Chrome writes', () => {
    const { sockets, frames, problems } = read(fixture('chrome'), 100);
    expect(problems).toEqual([]);
    expect(sockets.map(({ record }) => record.url)).toEqual([
      'ws://127.0.0.1:8080/chat?room=1',
      'ws://127.0.0.1:8080/refused',
    ]);
    expect(sockets[0]).toMatchObject({
      documentUrl: 'http://127.0.0.1:8080/',
      record: { protocol: 'chat.v1' },
      handshake: { status: 101 },
    });
    expect(frames.map(inShort)).toEqual([
      [1, 'open', undefined],
      [1, 'sent', 'hello'],
      [1, 'sent', '\u0000 "quoted" 😀 \u2028'],
      [1, 'sent', [0, 1, 255]],
      [1, 'sent', ''],
      [1, 'received', '{"echo":"hello"}'],
      [1, 'received', '{"echo":"\\u0000 \\"quoted\\" 😀 \u2028"}'],
      [1, 'received', [0, 1, 255]],
      [1, 'received', '{"echo":""}'],
      [1, 'close', undefined],
      [2, 'error', undefined],
      [2, 'close', undefined],
    ]);
    expect(frames.map(({ time }) => time)).toEqual(frames.map(({ time }) => time).toSorted((a, b) => a - b));
  });

  it('reads what Playwright writes, whose times are milliseconds', () => {
    const { sockets, frames, problems } = read(fixture('playwright'), 100);
    expect(problems).toEqual([]);
    expect(sockets.map(({ record }) => record.url)).toEqual(['ws://127.0.0.1:8080/chat?room=1']);
    expect(frames.map(inShort)).toEqual([
      [1, 'open', undefined],
      [1, 'sent', 'hello'],
      [1, 'received', '{"echo":"hello"}'],
      [1, 'sent', [0, 1, 255]],
    ]);
    expect(new Date(frames[1]?.time ?? 0).toISOString()).toBe('2026-11-28T02:13:20.125Z');
  });

  it.each([0.3, 0.5, 0.7, 0.9, 0.99])('gives what is sound of the first %d of a file', (part) => {
    const frames = Array.from({ length: 200 }, (_, index) =>
      recordedFrame({ socket: 1 + (index % 2), payload: `${index}`, time: 1e12 + index }),
    );
    const sockets = [recordedSocket(), recordedSocket({ number: 2 })];
    const text = written(sockets, frames);
    const found = read(text.slice(0, text.length * part));
    const whole = text.slice(0, text.length * part).match(/"opcode":1,"data":"\d+"}/g) ?? [];
    expect(found.payloads()).toHaveLength(whole.length);
    expect(found.problems.map(({ reason }) => reason.code)).toEqual(['cut-off']);
  });

  it('says where a message is broken, and reads the others', () => {
    const text = written(
      [recordedSocket()],
      [1, 2, 3].map((n) => recordedFrame({ payload: `m${n}` })),
    );
    const found = read(text.replace('"data":"m2"', '"data":m2'));
    expect(found.payloads()).toEqual(['m1', 'm3']);
    expect(found.problems).toEqual([{ line: 4, reason: { code: 'not-json', column: expect.any(Number) } }]);
    const bad = read(text.replace('"opcode":1,"data":"m2"', '"opcode":2,"data":"*"'));
    expect(bad.problems).toEqual([{ line: 4, reason: { code: 'bad-field', field: 'data' } }]);
    expect(bad.payloads()).toEqual(['m1', undefined, 'm3']);
  });

  it('stops where brackets do not fit', () => {
    const text = written([recordedSocket()], [recordedFrame()]);
    const found = read(text.replace(']}\n]', '}}\n]'));
    expect(found.problems.map(({ reason }) => reason.code)).toEqual(['not-json']);
    expect(found.payloads()).toEqual(['hello']);
  });

  it('says that a file has no sockets', () => {
    expect(read('{"log":{"entries":[{"request":{"url":"https://a"}}]}}').problems).toEqual([
      { line: 1, reason: { code: 'no-sockets' } },
    ]);
    expect(read('[[[[').problems.map(({ reason }) => reason.code)).toEqual(['cut-off', 'no-sockets']);
  });

  it('never throws, whatever a file holds', () => {
    const entry = fc.record({
      request: fc.oneof(fc.record({ url: fc.constantFrom('wss://a', 'ftp:') }), fc.jsonValue()),
      startedDateTime: fc.jsonValue(),
      timings: fc.jsonValue(),
      pageref: fc.jsonValue(),
      _webSocketMessages: fc.oneof(
        fc.jsonValue(),
        fc.array(fc.oneof(fc.jsonValue(), fc.record({ type: fc.constant('send'), opcode: fc.constant(1) }))),
      ),
    });
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ log: fc.record({ pages: fc.jsonValue(), entries: fc.array(entry) }) })
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(text, fc.nat(), fc.integer({ min: 1, max: 20 }), (whole, end, length) => {
        const found = read(whole.slice(0, 1 + (end % (whole.length + 1))), length);
        for (const { time } of found.frames) expect(Number.isFinite(time)).toBe(true);
      }),
    );
  });
});
