import { beforeEach, describe, expect, test } from 'vitest';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import type { CommandPayload } from '../../../../src/protocol/messages.ts';
import { type FakeSocket, newSocket, type Page, patchedPage } from '../../helpers/page.ts';

let page: Page;
let socket: FakeSocket;

beforeEach(() => {
  page = patchedPage();
  page.outbox.attach('s', 1);
  socket = newSocket().serverOpens();
});

const text = (words: string): CommandPayload => ({ type: 'text', text: words });
const binary = (...bytes: number[]): CommandPayload => ({ type: 'binary', bytes: Uint8Array.from(bytes) });
const send = (payload: CommandPayload, marks = 0) =>
  page.commands.run({ type: 'send', socket: 1, payload, marks });
const inject = (payload: CommandPayload, marks = 0) =>
  page.commands.run({ type: 'inject', socket: 1, payload, origin: 'wss://example.test', marks });

function messages() {
  page.acknowledgeAll();
  return page.frames().filter(({ kind }) => kind < FrameKind.open);
}

/** What the page's listener gets. */
function heard(): MessageEvent[] {
  const events: MessageEvent[] = [];
  socket.addEventListener('message', (event) => event instanceof MessageEvent && events.push(event));
  return events;
}

describe('send', () => {
  test('sends and marks the frame as the panel’s', () => {
    expect(send(text('hi'))).toBeUndefined();
    expect(socket.sent).toEqual(['hi']);
    expect(messages()).toMatchObject([{ kind: FrameKind.sentText, payload: 'hi', flags: FrameFlag.byPanel }]);
    expect(messages()[0]?.detail).toBeUndefined();
  });

  test('sends bytes', () => {
    send(binary(1, 0, 255));
    expect(socket.sent).toEqual([Uint8Array.of(1, 0, 255)]);
    expect(messages()).toMatchObject([{ kind: FrameKind.sentBinary, payload: Uint8Array.of(1, 0, 255) }]);
  });

  test('marks what belongs to a replay', () => {
    send(text('again'), FrameFlag.replayed);
    expect(messages()[0]?.flags).toBe(FrameFlag.byPanel | FrameFlag.replayed);
  });

  test.each([
    { state: 'connecting', readyState: 0, prepare: () => newSocket() },
    { state: 'closing', readyState: 2, prepare: () => socket.close() },
    { state: 'closed', readyState: 3, prepare: () => socket.serverCloses(1000) },
  ])('is refused while the socket is $state, and nothing is recorded', ({ readyState, prepare }) => {
    prepare();
    const id = readyState === 0 ? 2 : 1;
    const action = { type: 'send', socket: id, payload: text('x'), marks: 0 } as const;
    expect(page.commands.run(action)).toEqual({ reason: 'not-open', readyState });
    expect(messages()).toEqual([]);
  });

  test('to a socket that does not exist is refused', () => {
    const action = { type: 'send', socket: 99, payload: text('x'), marks: 0 } as const;
    expect(page.commands.run(action)).toEqual({ reason: 'no-such-socket' });
  });
});

describe('inject', () => {
  test('reaches listeners, listener objects and the onmessage attribute, in their order', () => {
    const calls: string[] = [];
    socket.addEventListener('message', () => calls.push('listener'));
    socket.onmessage = () => calls.push('onmessage');
    socket.addEventListener('message', { handleEvent: () => void calls.push('object') });
    expect(inject(text('hi'))).toBeUndefined();
    expect(calls).toEqual(['listener', 'onmessage', 'object']);
  });

  test('delivers what the server would have sent: data and origin', () => {
    const events = heard();
    inject(text('from nowhere'));
    expect(events).toMatchObject([{ data: 'from nowhere', origin: 'wss://example.test' }]);
  });

  test('is recorded as received and injected, and nothing is sent', () => {
    inject(text('hi'), FrameFlag.replayed | FrameFlag.edited);
    expect(socket.sent).toEqual([]);
    expect(messages()).toMatchObject([
      {
        kind: FrameKind.receivedText,
        payload: 'hi',
        flags: FrameFlag.byPanel | FrameFlag.injected | FrameFlag.replayed | FrameFlag.edited,
      },
    ]);
  });

  test('hands bytes over in the form that the socket is set to', () => {
    const events = heard();
    inject(binary(1, 2));
    socket.binaryType = 'arraybuffer';
    inject(binary(3, 4));
    expect(events[0]?.data).toBeInstanceOf(Blob);
    expect(events[0]?.data).toMatchObject({ size: 2 });
    expect(events[1]?.data).toEqual(Uint8Array.of(3, 4).buffer);
  });

  test('gives the page bytes of its own', () => {
    socket.binaryType = 'arraybuffer';
    socket.onmessage = (event) => {
      if (event instanceof MessageEvent) new Uint8Array(event.data).fill(0);
    };
    inject(binary(7));
    expect(messages()).toMatchObject([{ payload: Uint8Array.of(7) }]);
  });

  test('works on a closed socket too', () => {
    socket.serverCloses(1000);
    const events = heard();
    expect(inject(text('from beyond'))).toBeUndefined();
    expect(events).toHaveLength(1);
  });

  test('events that the page dispatches in the meantime do not count as injected', () => {
    socket.onmessage = () => {
      socket.onmessage = null;
      socket.dispatchEvent(new MessageEvent('message', { data: 'the page’s own' }));
    };
    inject(text('ours'));
    expect(messages().map(({ payload }) => payload)).toEqual(['ours']);
  });

  test('messages that the page sends in response follow it', () => {
    socket.onmessage = () => socket.send('pong');
    inject(text('ping'));
    expect(messages()).toMatchObject([
      { payload: 'ping', flags: FrameFlag.byPanel | FrameFlag.injected },
      { payload: 'pong', flags: 0 },
    ]);
  });
});

describe('close', () => {
  test.each([
    { code: undefined, reason: undefined },
    { code: 4000, reason: undefined },
    { code: 4000, reason: 'enough' },
  ])('with $code and $reason closes in the panel’s name', ({ code, reason }) => {
    expect(page.commands.run({ type: 'close', socket: 1, code, reason })).toBeUndefined();
    expect(socket.readyState).toBe(2);
    page.acknowledgeAll();
    const record = page.batches().findLast(({ sockets }) => sockets.length > 0)?.sockets[0];
    expect(record).toMatchObject({ readyState: 2, closing: { by: 'panel', code, reason } });
  });

  test('that the browser does not allow is refused in the browser’s words', () => {
    expect(page.commands.run({ type: 'close', socket: 1, code: 1001 })).toEqual({
      reason: 'browser',
      message: 'The code is not allowed.',
    });
    expect(socket.readyState).toBe(1);
  });

  test.each([
    { state: 'closing', readyState: 2, prepare: () => socket.close() },
    { state: 'closed', readyState: 3, prepare: () => socket.serverCloses(1000) },
  ])('of a $state socket is refused', ({ readyState, prepare }) => {
    prepare();
    expect(page.commands.run({ type: 'close', socket: 1 })).toEqual({ reason: 'not-open', readyState });
  });
});
