import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FileProblem, RecordingSink } from '../../../../../src/formats/recording.ts';
import { ImportedRecording, readRecording } from '../../../../../src/panel/session/files/import-file.ts';
import { Recorder } from '../../../../../src/panel/session/recording/recorder.ts';
import { FrameKind } from '../../../../../src/protocol/frames.ts';
import { ReadyState } from '../../../../../src/protocol/sockets.ts';

const SOCKET = '{"type":"socket","socket":1,"url":"wss://a.test/","readyState":"OPEN","createdAt":1}\n';
const MESSAGE =
  '{"type":"message","socket":1,"time":2,"direction":"sent","format":"text","length":2,"data":"ä"}\n';

async function read(parts: BlobPart[], name = 'file.ndjson') {
  const texts: unknown[] = [];
  const problems: FileProblem[] = [];
  const sink: RecordingSink = {
    socket: () => undefined,
    frame: ({ payload }) => texts.push(payload),
    problem: (problem) => problems.push(problem),
  };
  await readRecording(new Blob(parts), name, sink, () => undefined, new AbortController().signal);
  return { texts, problems };
}

const utf16 = (text: string, isBig: boolean) => {
  const bytes = new DataView(new ArrayBuffer(text.length * 2));
  for (let at = 0; at < text.length; at++) bytes.setUint16(at * 2, text.charCodeAt(at), !isBig);
  return bytes;
};

describe('a file', () => {
  test.each([
    ['UTF-8', [SOCKET, MESSAGE]],
    ['UTF-8 with a mark', ['\ufeff', SOCKET, MESSAGE]],
    ['UTF-16 as PowerShell writes it', [utf16(`\ufeff${SOCKET}${MESSAGE}`, false)]],
    ['big-endian UTF-16', [utf16(`\ufeff${SOCKET}${MESSAGE}`, true)]],
    ['CR LF', [(SOCKET + MESSAGE).replaceAll('\n', '\r\n')]],
  ])('may be %s', async (_, parts) => {
    expect(await read(parts)).toEqual({ texts: ['ä'], problems: [] });
  });

  test('with bytes that are not UTF-8 is read nevertheless, and the first place is reported', async () => {
    const latin = Uint8Array.from(MESSAGE, (character) => character.charCodeAt(0));
    expect(await read([SOCKET, MESSAGE, latin, latin])).toEqual({
      texts: ['ä', '\ufffd', '\ufffd'],
      problems: [{ line: 3, reason: { code: 'not-utf8' } }],
    });
    expect((await read([SOCKET, MESSAGE.slice(0, -4), new Uint8Array([0xc3])])).problems).toContainEqual({
      line: 2,
      reason: { code: 'not-utf8' },
    });
  });

  test.each(['a.ndjson', 'a.har', 'a.png'])('of any bytes throws nothing, called %s', async (name) => {
    const hostile = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.json(),
      fc.constantFrom('{"log":{"entries":[', '{"type":"message","socket":', SOCKET, MESSAGE, '\n', '\0'),
      fc.integer({ min: 1, max: 20_000 }).map((depth) => '{"a":['.repeat(depth)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { maxLength: 6 }), async (parts) => {
        const { problems } = await read(parts as BlobPart[], name);
        for (const { line } of problems) expect(line).toBeGreaterThanOrEqual(1);
      }),
      { numRuns: 150 },
    );
  });
});

test('of more sockets than a list keeps of a page, each has its messages', async () => {
  const recorder = new Recorder();
  const recording = new ImportedRecording(recorder, 'many.ndjson');
  const count = 7000;
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  const lines = [
    '{"type":"framescope","version":1}',
    ...numbers.map(
      (socket) =>
        `{"type":"socket","socket":${socket},"url":"ws://x/${socket}","readyState":"CLOSED","createdAt":1}`,
    ),
    ...numbers.map(
      (socket) =>
        `{"type":"message","socket":${socket},"time":2,"direction":"sent","format":"text","data":"${socket}"}`,
    ),
  ];
  const file = new Blob([lines.join('\n')]);
  await readRecording(file, 'many.ndjson', recording, () => {}, new AbortController().signal);
  recording.flush();
  const { store, sockets } = recorder;
  const urls = numbers.map((_, row) => sockets.get(store.socket(row))?.record.url);
  expect(urls).toEqual(numbers.map((socket) => `ws://x/${socket}`));
});

test.each([
  ['cleared', (recorder: Recorder) => void recorder.list.clear()],
  ['begun anew for another page', (recorder: Recorder) => recorder.list.clearGone()],
])('whose list is %s while it is read has its sockets beside the rows that follow', (_, begin) => {
  const recorder = new Recorder();
  const recording = new ImportedRecording(recorder, 'file.ndjson');
  const record = {
    url: 'wss://a.test/',
    readyState: ReadyState.closed,
    protocol: '',
    extensions: '',
    binaryType: '',
    createdAt: 1,
    adopted: false,
  };
  recording.socket({ number: 1, documentUrl: 'https://a.test/', record, handshake: undefined });
  const message = { socket: 1, kind: FrameKind.sentText, flags: 0, time: 2, size: 1 };
  recording.frame({ ...message, payload: 'a' });
  recording.flush();
  recording.frame({ ...message, payload: 'b' });
  begin(recorder);
  recording.flush();
  const [socket, ...others] = recorder.sockets.visible();
  expect([socket?.record.url, others]).toEqual(['wss://a.test/', []]);
  const { store } = recorder;
  expect([store.endRow, store.payload(0), store.socket(0)]).toEqual([1, 'b', socket?.number]);
});
