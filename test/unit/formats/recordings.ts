import fc from 'fast-check';
import { utf8Length } from '../../../src/decoders/bytes/bytes.ts';
import type {
  FileProblem,
  RecordedFrame,
  RecordedSocket,
  RecordingSink,
} from '../../../src/formats/recording.ts';
import { FrameFlag, FrameKind } from '../../../src/protocol/frames.ts';

/** Remembers what a file is said to hold. */
export class Collected implements RecordingSink {
  readonly sockets: RecordedSocket[] = [];
  readonly frames: RecordedFrame[] = [];
  readonly problems: FileProblem[] = [];

  socket(socket: RecordedSocket): void {
    this.sockets.push(socket);
  }

  frame(frame: RecordedFrame): void {
    this.frames.push(frame);
  }

  problem(problem: FileProblem): void {
    this.problems.push(problem);
  }

  payloads(): (string | Uint8Array | undefined)[] {
    return this.frames.filter(({ kind }) => kind < FrameKind.open).map(({ payload }) => payload);
  }
}

/** A text in parts of any length, as a file comes in. */
export function* partsOf(text: string, length: number): Generator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

const NOON = Date.UTC(2026, 10, 28, 12);

export function recordedSocket(parts: Partial<RecordedSocket> = {}): RecordedSocket {
  return {
    number: 1,
    documentUrl: 'https://example.test/page?a=b',
    record: {
      url: 'wss://example.test/feed?x=1&y=%20',
      readyState: 1,
      protocol: 'chat.v2',
      extensions: 'permessage-deflate',
      binaryType: 'blob',
      createdAt: NOON,
      openedAt: NOON + 12.5,
      adopted: false,
    },
    handshake: undefined,
    ...parts,
  };
}

export function recordedFrame(parts: Partial<RecordedFrame> = {}): RecordedFrame {
  const { payload = 'hello' } = parts;
  const isText = typeof payload === 'string';
  return {
    socket: 1,
    kind: isText ? FrameKind.receivedText : FrameKind.receivedBinary,
    flags: 0,
    time: NOON + 20,
    size: isText ? utf8Length(payload) : payload.length,
    ...parts,
    payload: 'payload' in parts ? parts.payload : payload,
  };
}

/** Any text, lone surrogates, controls and line separators among it. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 })
    .map((units) => String.fromCharCode(...units)),
  fc.constantFrom('\ud83d', '\udc00\ud800', '"\\\u2028\u2029\u0000\r\n', '[{"]}', '', '\\'),
);

/** Messages of up to three sockets, in the order of time. */
export const anyMessages = fc
  .array(
    fc.record({
      socket: fc.integer({ min: 1, max: 3 }),
      isSent: fc.boolean(),
      payload: fc.oneof(anyText, fc.uint8Array({ maxLength: 20 })),
      marks: fc.subarray([
        FrameFlag.byPanel,
        FrameFlag.injected,
        FrameFlag.replayed,
        FrameFlag.edited,
        FrameFlag.discarded,
      ]),
      step: fc.constantFrom(0, 0.25, 1, 1000),
      stack: fc.option(
        anyText.filter((text) => text !== ''),
        { nil: undefined },
      ),
    }),
    { maxLength: 30 },
  )
  .map((messages) => {
    let time = NOON + 100;
    return messages.map(({ socket, isSent, payload, marks, step, stack }) => {
      time += step;
      const isText = typeof payload === 'string';
      const kind = isText
        ? isSent
          ? FrameKind.sentText
          : FrameKind.receivedText
        : isSent
          ? FrameKind.sentBinary
          : FrameKind.receivedBinary;
      return recordedFrame({ socket, kind, payload, time, flags: marks.reduce((a, b) => a | b, 0), stack });
    });
  });
