import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NdjsonReader } from '../../../../src/formats/ndjson/read.ts';
import { ndjsonFrame, ndjsonHeader, ndjsonSocket } from '../../../../src/formats/ndjson/write.ts';
import type { RecordedFrame, RecordedSocket } from '../../../../src/formats/recording.ts';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import { anyMessages, Collected, partsOf, recordedFrame, recordedSocket } from '../recordings.ts';

function written(sockets: readonly RecordedSocket[], frames: readonly RecordedFrame[]): string {
  return [ndjsonHeader('Framescope 1.2.3', 0), ...sockets.map(ndjsonSocket), ...frames.map(ndjsonFrame)].join(
    '',
  );
}

function read(text: string, partLength = 1 << 16): Collected {
  const collected = new Collected();
  const reader = new NdjsonReader(collected);
  for (const part of partsOf(text, partLength)) reader.push(part);
  reader.end();
  return collected;
}

const DOCS = readFileSync(new URL('../../../../docs/ndjson.md', import.meta.url), 'utf8');

/** All types and fields of a file. */
function namesIn(text: string): Set<string> {
  return new Set(text.match(/(?<="type":")\w+|(?<=[{,]")\w+(?=":)/g));
}

/** A sound file, one of whose lines is replaced. */
function withLine(index: number, line: string): Collected {
  const lines = written([recordedSocket()], [recordedFrame(), recordedFrame({ payload: 'two' })]).split('\n');
  lines[index] = line;
  return read(lines.join('\n'));
}

describe('NDJSON', () => {
  it('begins with a line that names its version', () => {
    expect(JSON.parse(written([], []))).toEqual({
      type: 'framescope',
      version: 1,
      writtenBy: 'Framescope 1.2.3',
      writtenAt: '1970-01-01T00:00:00.000Z',
    });
  });

  it('brings back every message as it was, in parts of any length', () => {
    fc.assert(
      fc.property(anyMessages, fc.integer({ min: 1, max: 50 }), (frames, length) => {
        const sockets = [1, 2, 3].map((number) => recordedSocket({ number }));
        const { problems, ...found } = read(written(sockets, frames), length);
        expect(problems).toEqual([]);
        expect(found.sockets).toEqual(sockets);
        expect(found.frames).toEqual(frames);
      }),
    );
  });

  it('survives being written as UTF-8: lone surrogates are escaped', () => {
    const text = written([recordedSocket()], [recordedFrame({ payload: '\ud83d and \udc00' })]);
    expect(text.isWellFormed()).toBe(true);
    expect(text).toContain('\\ud83d and \\udc00');
  });

  it('brings back events, gaps, everything that is known of a socket, and what is not there of a payload', () => {
    const socket = recordedSocket({
      handshake: {
        status: 101,
        statusText: 'Switching Protocols',
        httpVersion: 'HTTP/1.1',
        requestHeaders: [{ name: 'Origin', value: 'https://example.test' }],
        responseHeaders: [],
        initiator: '    at connect (https://example.test/a.js:1:2)',
        failure: '',
      },
    });
    const close = { code: 1001, reason: 'bye', wasClean: true };
    const whole: RecordedSocket = {
      ...socket,
      record: {
        ...socket.record,
        readyState: 3,
        closedAt: 12,
        close,
        closing: { by: 'panel', at: 11, code: 1001, reason: 'bye' },
        adopted: true,
        isStream: true,
        hasUnseen: true,
        stack: 'Error\n at x',
      },
    };
    const event = { flags: 0, size: 0, payload: undefined, socket: 1 };
    const frames: RecordedFrame[] = [
      { ...event, kind: FrameKind.open, time: 1 },
      { ...event, kind: FrameKind.error, time: 2 },
      { ...event, kind: FrameKind.receivedText, time: 2.5, size: 99, flags: FrameFlag.payloadGone },
      { ...event, kind: FrameKind.sentBinary, time: 3, size: 7, flags: FrameFlag.pending },
      {
        ...event,
        kind: FrameKind.gap,
        time: 4,
        size: 100,
        gap: { frames: 3, bytes: 100, reason: 'over-credit' },
      },
      {
        ...event,
        kind: FrameKind.gap,
        socket: 0,
        time: 4,
        size: 0,
        gap: { frames: 1, bytes: 0, reason: 'memory' },
      },
      { ...event, kind: FrameKind.unseenSent, time: 4 },
      { ...event, kind: FrameKind.unseenReceived, time: 5 },
      { ...event, kind: FrameKind.close, time: 5, close },
    ];
    const text = written([whole], frames);
    for (const name of namesIn(text)) expect(DOCS, name).toContain(`\`${name}\``);
    const found = read(text);
    expect(found.problems).toEqual([]);
    expect(found.sockets).toEqual([whole]);
    // What was pending when the file was written will not come any more.
    expect(found.frames).toEqual(
      frames.map((frame) => (frame.flags ? { ...frame, flags: FrameFlag.payloadGone } : frame)),
    );
  });

  it.each([
    ['{"type":"message", oops', { code: 'not-json', column: 20 }],
    ['[1]', { code: 'not-an-object' }],
    ['{"type":"frob"}', { code: 'unknown-type', type: 'frob' }],
    ['{"type":"open","socket":9,"time":1}', { code: 'unknown-socket', socket: 9 }],
    ['{"type":"open","socket":1,"time":-1}', { code: 'bad-field', field: 'time' }],
    ['{"type":"open","socket":1,"time":1e300}', { code: 'bad-field', field: 'time' }],
    ['{"type":"open","socket":{"__proto__":1},"time":1}', { code: 'bad-field', field: 'socket' }],
    [
      '{"type":"message","socket":1,"time":1,"direction":"sent","format":"binary","base64":"*"}',
      { code: 'bad-field', field: 'base64' },
    ],
    [
      '{"type":"message","socket":1,"time":1,"direction":"up","format":"text","data":""}',
      { code: 'bad-field', field: 'direction' },
    ],
    ['{"type":"socket","socket":2,"url":"javascript:alert(1)"}', { code: 'bad-field', field: 'url' }],
    ['{"type":"gap","time":1,"frames":1,"length":1,"cause":"magic"}', { code: 'bad-field', field: 'cause' }],
    [
      '{"type":"gap","time":1,"frames":1.5,"length":1,"cause":"left"}',
      { code: 'bad-field', field: 'frames' },
    ],
    [
      '{"type":"gap","time":1,"frames":1,"length":1e300,"cause":"left"}',
      { code: 'bad-field', field: 'length' },
    ],
    ['{"type":"framescope","version":2}', { code: 'newer-version', version: 2 }],
  ])('says where and why a line is not sound, and reads the others: %s', (line, reason) => {
    const found = withLine(2, line);
    expect(found.problems).toEqual([{ line: 3, reason }]);
    expect(found.payloads()).toEqual(['two']);
  });

  it('says that a file is cut off, and takes a last line without an end', () => {
    const text = written([recordedSocket()], [recordedFrame(), recordedFrame({ payload: 'two' })]);
    expect(read(text.slice(0, -1)).payloads()).toEqual(['hello', 'two']);
    const found = read(text.slice(0, -10));
    expect(found.payloads()).toEqual(['hello']);
    expect(found.problems).toEqual([{ line: 4, reason: { code: 'cut-off' } }]);
  });

  it('never throws, whatever a file holds', () => {
    const line = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .record(
          {
            type: fc.constantFrom('socket', 'message', 'open', 'close', 'gap', 'framescope'),
            socket: fc.oneof(fc.constant(1), fc.jsonValue()),
            url: fc.oneof(fc.constant('wss://a'), fc.jsonValue()),
            time: fc.oneof(fc.constant(1), fc.jsonValue()),
            direction: fc.constantFrom('sent', 'received', null),
            format: fc.constantFrom('text', 'binary', 7),
            data: fc.jsonValue(),
            base64: fc.jsonValue(),
            marks: fc.jsonValue(),
            code: fc.jsonValue(),
            frames: fc.jsonValue(),
          },
          { requiredKeys: ['type'] },
        )
        .map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const head = written([recordedSocket()], []);
        const found = read(`${head}${lines.join('\n')}`);
        expect(found.frames.length + found.problems.length).toBeLessThanOrEqual(lines.length * 3 + 1);
      }),
    );
  });

  it('reads a hundred thousand lines, and each broken one is told of', () => {
    const lines = Array.from({ length: 100_000 }, (_, index) =>
      index % 1000 === 999 ? '{"broken\n' : ndjsonFrame(recordedFrame({ payload: `${index}` })),
    );
    const found = read(written([recordedSocket()], []) + lines.join(''));
    expect(found.frames).toHaveLength(99_900);
    expect(found.problems).toHaveLength(100);
    expect(found.problems[0]?.line).toBe(1002);
  });
});
