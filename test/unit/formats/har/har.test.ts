import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownRowText } from '../../../../src/formats/har/own-fields.ts';
import { HarReader } from '../../../../src/formats/har/read.ts';
import {
  HAR_ENTRY_END,
  HAR_MESSAGES_END,
  HAR_ROWS_START,
  harEnd,
  harEntryStart,
  harMessage,
  harStart,
} from '../../../../src/formats/har/write.ts';
import type { RecordedFrame, RecordedSocket } from '../../../../src/formats/recording.ts';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import { anyMessages, Collected, partsOf, recordedFrame, recordedSocket } from '../recordings.ts';

function written(
  sockets: readonly RecordedSocket[],
  frames: readonly RecordedFrame[],
  looseRows: readonly RecordedFrame[] = [],
): string {
  const urls = [...new Set(sockets.map(({ documentUrl }) => documentUrl))];
  let text = harStart('1.2.3');
  sockets.forEach((socket, index) => {
    text += harEntryStart(socket, urls.indexOf(socket.documentUrl), index === 0);
    const rows: string[] = [];
    let messages = 0;
    for (const frame of frames.filter((each) => each.socket === socket.number)) {
      const message = harMessage(frame, messages === 0);
      if (message === '') rows.push(ownRowText(frame, messages));
      else messages++;
      text += message;
    }
    text += `${HAR_MESSAGES_END}${rows.join(',')}${HAR_ENTRY_END}`;
  });
  const loose = looseRows.map((frame) => ownRowText(frame, undefined)).join(',');
  return text + HAR_ROWS_START + loose + harEnd(urls.map((url) => ({ url, time: 0 })));
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
  it('brings back direction, time, contents, marks, stacks and order, in parts of any length', () => {
    fc.assert(
      fc.property(anyMessages, fc.integer({ min: 1, max: 50 }), (frames, length) => {
        const sockets = [1, 2, 3].map((number) => recordedSocket({ number }));
        const found = read(written(sockets, frames), length);
        expect(found.problems).toEqual([]);
        // A stable order of equal times is by socket here, as the file is.
        const byTime = frames
          .map((frame, index) => ({ frame, index }))
          .sort(
            (a, b) => a.frame.time - b.frame.time || a.frame.socket - b.frame.socket || a.index - b.index,
          );
        expect(found.frames.map((frame) => ({ ...frame, time: Math.round(frame.time * 8) }))).toEqual(
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
    expect(sockets).toEqual([{ ...socket, record: closed }]);
    expect(frames).toEqual([]);
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

  it('has what HAR has no place for in fields of its own, in its order', () => {
    const event = { payload: undefined, size: 0, time: 1e12 };
    const gap = { frames: 7, bytes: 70, reason: 'memory', first: 3 } as const;
    const close = { code: 4000, reason: 'enough', wasClean: true };
    const remark = { isStarred: true, note: 'here' };
    const rows = [
      recordedFrame({ ...event, kind: FrameKind.open }),
      recordedFrame({ time: 1e12, flags: FrameFlag.injected | FrameFlag.edited, remark, stack: 'at x' }),
      recordedFrame({ ...event, kind: FrameKind.gap, size: 70, gap }),
      recordedFrame({ ...event, kind: FrameKind.sentText, size: 9, flags: FrameFlag.payloadGone, remark }),
      recordedFrame({ ...event, kind: FrameKind.unseenSent }),
      recordedFrame({ time: 1e12 }),
      recordedFrame({ ...event, kind: FrameKind.error, remark }),
      recordedFrame({ ...event, kind: FrameKind.close, close }),
    ];
    const loose = recordedFrame({ ...event, socket: 0, kind: FrameKind.gap, size: 70, gap });
    const text = written([recordedSocket()], rows, [loose]);
    const found = read(text, 7);
    expect(found.problems).toEqual([]);
    expect(found.frames).toEqual([loose, ...rows]);
    // Other programs see three messages, and names that they may pass over.
    const [entry] = JSON.parse(text).log.entries;
    expect(entry._webSocketMessages.map(({ type }: { type: string }) => type)).toEqual([
      'receive',
      'receive',
      'error',
    ]);
  });

  it('names what of its own fields is broken, and reads the rest', () => {
    const close = { kind: FrameKind.close, payload: undefined, size: 0 } as const;
    const text = written(
      [recordedSocket()],
      [recordedFrame({ flags: FrameFlag.injected }), recordedFrame(close), recordedFrame(close)],
    );
    const brokenBy = (good: string, bad: string) => {
      expect(text).toContain(good);
      const { problems, frames, sockets } = read(text.replace(good, bad));
      expect(sockets).toHaveLength(1);
      return { fields: problems.map(({ reason }) => 'field' in reason && reason.field), frames };
    };
    const mark = brokenBy('"marks":["injected"]', '"marks":7');
    expect(mark.fields).toEqual(['_framescope.marks']);
    expect(mark.frames).toMatchObject([{ payload: 'hello', flags: 0 }, close, close]);
    const row = brokenBy('"after":1,"type":"close"', '"after":1,"type":"shut"');
    expect(row.fields).toEqual(['_framescopeRows.type']);
    expect(row.frames).toHaveLength(2);
    expect(brokenBy('"after":1', '"after":-1').fields).toEqual(['_framescopeRows.after']);
    const socket = brokenBy('"readyState":"OPEN"', '"readyState":1');
    expect(socket.fields).toEqual(['_framescopeSocket.readyState']);
    expect(socket.frames).toHaveLength(3);
    const loose = '"_framescopeRows":[{"type":"open","time":1}],"pages"';
    expect(brokenBy('"_framescopeRows":[],"pages"', loose).fields).toEqual(['_framescopeRows.type']);
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

  it.each([
    ['"type":"receive"', '"type":"taken"', 'type', ['m1', 'm3']],
    ['"opcode":1', '"opcode":3', 'opcode', ['m1', 'm3']],
    ['"opcode":1', '"opcode":"1"', 'opcode', ['m1', 'm3']],
    [/"time":[\d.]+/, '"time":"now"', 'time', ['m1', 'm2', 'm3']],
  ])('says that a message cannot have %s as %s', (field, broken, name, payloads) => {
    const text = written(
      [recordedSocket()],
      [1, 2, 3].map((n) => recordedFrame({ payload: `m${n}` })),
    );
    const lines = text
      .split('\n')
      .map((line) => (line.includes('"m2"') ? line.replace(field, broken) : line));
    const found = read(lines.join('\n'));
    expect(found.problems).toEqual([{ line: 4, reason: { code: 'bad-field', field: name } }]);
    expect(found.payloads()).toEqual(payloads);
  });

  it('passes control frames over, which some programs write, and messages without a time', () => {
    const text = written([recordedSocket()], [recordedFrame({ payload: 'm1' })]);
    const control = [8, 9, 10].map((opcode) => JSON.stringify({ type: 'send', time: 1, opcode, data: '' }));
    const timeless = JSON.stringify({ type: 'send', opcode: 1, data: 'm2' });
    const found = read(text.replace('"_webSocketMessages":[', `$&${control.join()},${timeless},`));
    expect(found.problems).toEqual([]);
    expect(found.payloads()).toEqual(['m2', 'm1']);
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
      _framescopeSocket: fc.jsonValue(),
      _framescopeRows: fc.array(
        fc.record({
          type: fc.constantFrom('open', 'gap', 'message'),
          time: fc.jsonValue(),
          after: fc.nat(3),
        }),
      ),
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
