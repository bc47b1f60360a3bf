import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  type LoggedSocket,
  readMessage,
  readNetworkLog,
  readSocketEntry,
} from '../../../../src/formats/har/read-entry.ts';
import {
  FEED,
  failure,
  HOOK,
  message,
  socketEntry,
  workerEntry,
} from '../../panel/session/network/entries.ts';

const ORIGIN = 'chrome-extension://framescope/';
const read = (entry: unknown) => readSocketEntry(entry, ORIGIN);

describe('an entry of a socket', () => {
  it('tells of the handshake', () => {
    const responseHeaders = [{ name: 'X-Served-By', value: 'a' }];
    expect(read(socketEntry({ nonce: 'n', responseHeaders }))).toMatchObject({
      key: `${FEED} n`,
      isSettled: true,
      url: FEED,
      startedAt: 1000,
      endedAt: undefined,
      handshake: {
        status: 101,
        statusText: 'Switching Protocols',
        httpVersion: 'HTTP/1.1',
        requestHeaders: [{ name: 'Sec-WebSocket-Key', value: 'n' }],
        responseHeaders,
        failure: '',
      },
    });
  });

  it.each([
    ['an answer that agrees is known without its status line', 'sec-websocket-accept', 101],
    ['any other answer is not', 'X-Refused-By', 0],
  ])('%s', (_, name, status) => {
    const entry = socketEntry({ status: 0, statusText: '', responseHeaders: [{ name, value: 'x' }] });
    expect(read(entry)?.handshake.status).toBe(status);
  });

  it('has ended once something was received after its last message', () => {
    expect(read(socketEntry({ start: 1000, duration: 250 }))?.endedAt).toBe(1250);
  });

  it('has an end that nobody knows where the log keeps no messages', () => {
    expect(read(socketEntry({ duration: 250, messages: undefined }))).toMatchObject({
      endedAt: undefined,
      messages: undefined,
    });
  });

  it('has no start before its handshake request', () => {
    const entry = read({ ...socketEntry({ start: undefined }), request: { url: FEED, headers: [] } });
    expect(entry).toMatchObject({ startedAt: undefined, isSettled: false });
  });

  it.each([
    ['hook', [HOOK, 'https://example.test/app.js']],
    ['other', ['https://example.test/worker.js']],
    ['unknown', []],
    ['other', ['']],
  ])('names its creator: %s', (creator, scripts) => {
    expect(read(socketEntry({ scripts }))).toMatchObject({ creator, scripts: scripts.filter(Boolean) });
  });

  it('words the call stack as V8 does, counted from 1 and without our own calls, and names what awaited it', () => {
    const call = (url: string) => ({ functionName: 'go', url, lineNumber: 0, columnNumber: 4 });
    const _initiator = {
      stack: {
        callFrames: [call(`${ORIGIN}src/page/hook.js`), call('https://a.test/x.js')],
        parent: { description: 'await', callFrames: [{ ...call('https://a.test/y.js'), functionName: '' }] },
      },
    };
    expect(read({ ...socketEntry(), _initiator })?.handshake.initiator).toBe(
      '    at go (https://a.test/x.js:1:5)\n    — await —\n    at https://a.test/y.js:1:5',
    );
  });

  it.each([
    ['Error during WebSocket handshake: Unexpected response code: 404', 404],
    ['HTTP Authentication failed; no valid credentials available', 401],
    ['Proxy authentication failed', 407],
  ])('takes the status of a refusal from what Chrome says of the error: %s', (text, status) => {
    const messages = [failure(text)];
    expect(read(socketEntry({ status: 0, statusText: '', messages }))?.handshake).toMatchObject({
      status,
      failure: '',
    });
  });

  it('says why there was no answer at all', () => {
    const messages = [failure('Error in connection establishment: net::ERR_CONNECTION_REFUSED')];
    expect(read(socketEntry({ status: 0, messages }))?.handshake).toMatchObject({
      status: 0,
      failure: 'net::ERR_CONNECTION_REFUSED',
    });
  });

  it('has a key of its own without a Sec-WebSocket-Key', () => {
    const bare = { ...socketEntry(), request: { url: FEED, headers: [] } };
    const { sockets } = readNetworkLog({ entries: [bare, bare] }, ORIGIN);
    expect(new Set(sockets.map(({ key }) => key)).size).toBe(2);
  });
});

describe('the log', () => {
  it('leaves out what is no socket, and knows the scripts of workers', () => {
    const page = { request: { url: 'https://example.test/' }, _resourceType: 'document' };
    const script = { request: { url: 'https://example.test/app.js', headers: [] }, _resourceType: 'script' };
    const worker = 'https://example.test/worker.js';
    const log = readNetworkLog({ entries: [page, script, workerEntry(worker), socketEntry()] }, ORIGIN);
    expect(log.sockets.map(({ url }) => url)).toEqual([FEED]);
    expect([...log.workers]).toEqual([worker]);
  });

  it.each([undefined, null, 1, 'log', {}, { entries: 1 }, { isError: true }])(
    'of %j holds nothing',
    (value) => {
      expect(readNetworkLog(value, ORIGIN)).toEqual({ sockets: [], workers: new Set() });
    },
  );
});

describe('a message', () => {
  it.each([
    [message('send', 1500, 'text'), { type: 'send', time: 1500, payload: 'text' }],
    [
      message('receive', 1500, 'AQL6', 2),
      { type: 'receive', time: 1500, payload: new Uint8Array([1, 2, 250]) },
    ],
    [message('receive', 0, 'not base64', 2), { type: 'receive', payload: undefined }],
    [
      { ...message('send', 0, ''), data: 7 },
      { type: 'send', payload: undefined },
    ],
    [failure('broken'), { type: 'error', payload: 'broken' }],
  ])('%j', (value, expected) => {
    expect(readMessage(value)).toMatchObject(expected);
  });

  it.each([null, 'text', {}, message('send', 0, '', 9), { type: 'other', opcode: 1, data: '' }])(
    'is not %j',
    (value) => {
      expect(readMessage(value)).toBeUndefined();
    },
  );
});

/** Fields that the reader looks for, with anything in them. */
const field = fc.constantFrom(
  'request',
  'response',
  'url',
  'headers',
  'name',
  'value',
  'status',
  'startedDateTime',
  'time',
  'timings',
  'receive',
  '_webSocketMessages',
  '_initiator',
  'stack',
  'parent',
  'callFrames',
  'functionName',
  'type',
  'data',
  'opcode',
);
const { anything } = fc.letrec<{ anything: unknown }>((tie) => ({
  anything: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom<unknown>(
      'wss://a.test/',
      'error',
      'send',
      'script',
      101,
      1,
      2,
      null,
      undefined,
      Number.NaN,
    ),
    fc.anything(),
    fc.array(tie('anything'), { maxLength: 4 }),
    fc.dictionary(field, tie('anything'), { maxKeys: 8 }),
  ),
}));

test('whatever the log gives, what is read has the shape that it should have', () => {
  fc.assert(
    fc.property(fc.array(anything), anything, (entries, part) => {
      const request = { url: 'wss://a.test/', headers: part };
      const socket = {
        request,
        response: part,
        _initiator: part,
        timings: part,
        _webSocketMessages: entries,
      };
      for (const read of readNetworkLog({ entries: [...entries, socket] }, ORIGIN).sockets) expectShape(read);
    }),
  );
});

function expectShape({
  key,
  url,
  startedAt = 0,
  endedAt = 0,
  handshake,
  scripts,
  messages = [],
}: LoggedSocket) {
  const { status, statusText, httpVersion, initiator, failure: reason } = handshake;
  const headers = [...handshake.requestHeaders, ...handshake.responseHeaders];
  const texts = [key, url, statusText, httpVersion, initiator, reason, ...scripts];
  texts.push(...headers.flatMap(({ name, value }) => [name, value]));
  expect(texts.every((one) => typeof one === 'string')).toBe(true);
  const read = messages.map(readMessage).filter((one) => one !== undefined);
  const numbers = [startedAt, endedAt, status, ...read.map(({ time }) => time)];
  expect(numbers.every(Number.isFinite)).toBe(true);
}

test('a stack that leads back to itself ends', () => {
  const stack: Record<string, unknown> = { callFrames: [{ functionName: 'a', url: 'https://a.test/' }] };
  stack.parent = stack;
  expect(read({ ...socketEntry(), _initiator: { stack } })?.handshake.initiator.split('\n').length).toBe(64);
});
