import { beforeEach, describe, expect, test } from 'vitest';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import type { SocketRecord } from '../../../../src/protocol/sockets.ts';
import { blobOf, FakeSocket, newSocket, type Page, patchedPage } from '../../helpers/page.ts';

let page: Page;

beforeEach(() => {
  page = patchedPage();
  page.outbox.attach('s', 1);
});

/** What the panel has been told, everything acknowledged. */
function frames() {
  page.acknowledgeAll();
  return page.frames();
}

function openSocket(): FakeSocket {
  const socket = newSocket().serverOpens();
  page.acknowledgeAll();
  return socket;
}

/** The messages on a socket, without its open event. */
function messages() {
  return frames().filter(({ kind }) => kind < FrameKind.open);
}

/** The newest record of each socket. */
function records(): SocketRecord[] {
  page.acknowledgeAll();
  const all = page.batches().flatMap(({ sockets }) => sockets);
  return [...new Map(all.map((record) => [record.id, record])).values()];
}

/** Calls `send` as plain script does, without the types. */
function send(socket: FakeSocket, ...args: unknown[]): unknown {
  return Reflect.apply(socket.send, socket, args);
}

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('the patched constructor', () => {
  test('makes the native object and is its constructor', () => {
    const socket = newSocket();
    expect(Object.getPrototypeOf(socket)).toBe(FakeSocket.prototype);
    expect(socket).toBeInstanceOf(WebSocket);
    expect(socket.constructor).toBe(WebSocket);
    expect(Object.getOwnPropertyNames(WebSocket)).toEqual(Object.getOwnPropertyNames(FakeSocket));
    expect(WebSocket.length).toBe(FakeSocket.length);
  });

  test('is not visible to the browser, which sees a call of its own constructor', () => {
    expect(newSocket().constructedAs).toBe(FakeSocket);
  });

  test('leaves the descriptors as they were', () => {
    const { writable, enumerable, configurable } =
      Object.getOwnPropertyDescriptor(globalThis, 'WebSocket') ?? {};
    expect({ writable, enumerable, configurable }).toEqual({
      writable: true,
      enumerable: false,
      configurable: true,
    });
  });

  test('can be subclassed', () => {
    class Chat extends WebSocket {
      readonly room = 'lobby';
    }
    const chat = new Chat('wss://example.test/chat');
    expect(chat).toBeInstanceOf(Chat);
    expect(chat.room).toBe('lobby');
    expect(records()).toMatchObject([{ url: 'wss://example.test/chat' }]);
  });

  test('throws what the native one throws and records nothing', () => {
    const native = thrownBy(() => new FakeSocket('nowhere'));
    expect(thrownBy(() => new WebSocket('nowhere'))).toEqual(native);
    expect(thrownBy(() => Reflect.apply(WebSocket, undefined, []))).toBeInstanceOf(TypeError);
    expect(records()).toEqual([]);
  });
});

describe('a socket', () => {
  test('is reported with everything that it says of itself', () => {
    newSocket('wss://example.test/a').serverOpens('mqtt', 'permessage-deflate');
    expect(records()).toMatchObject([
      {
        id: 1,
        url: 'wss://example.test/a',
        readyState: 1,
        protocol: 'mqtt',
        extensions: 'permessage-deflate',
        adopted: false,
      },
    ]);
    expect(records()[0]?.stack).toContain('patch.test.ts');
  });

  test('its open, error and close are rows, in order', () => {
    const socket = newSocket().serverOpens();
    socket.serverFails();
    socket.serverCloses(1006, 'lost', false);
    expect(frames().map(({ kind }) => kind)).toEqual([FrameKind.open, FrameKind.error, FrameKind.close]);
    const close = { code: 1006, reason: 'lost', wasClean: false };
    expect(frames().at(-1)?.detail?.close).toEqual(close);
    expect(records()).toMatchObject([{ readyState: 3, close }]);
  });

  test('remembers when it opened and closed', () => {
    newSocket().serverOpens().serverCloses(1000);
    const { createdAt = 0, openedAt = 0, closedAt = 0 } = records()[0] ?? {};
    expect(createdAt).toBeGreaterThan(Date.UTC(2020));
    expect(openedAt).toBeGreaterThanOrEqual(createdAt);
    expect(closedAt).toBeGreaterThanOrEqual(openedAt);
  });

  test('that is older than the hook is adopted at its first send', () => {
    const older = new FakeSocket('wss://example.test/older').serverOpens();
    expect(records()).toEqual([]);
    older.send('first');
    older.serverSends('answer');
    expect(records()).toMatchObject([{ url: 'wss://example.test/older', adopted: true, readyState: 1 }]);
    expect(frames().map(({ payload }) => payload)).toEqual(['first', 'answer']);
  });

  test('that is older than the hook is adopted when it is closed', () => {
    const older = new FakeSocket('wss://example.test/older').serverOpens();
    older.close(1000);
    expect(records()).toMatchObject([{ adopted: true, readyState: 2, closing: { by: 'page', code: 1000 } }]);
  });
});

describe('send', () => {
  /** What a page has handed to a worker and sends all the same: browsers send an empty message. */
  const handedOver = new ArrayBuffer(3);
  const detached = [handedOver, new Uint8Array(handedOver), new DataView(handedOver, 1)];
  structuredClone(handedOver, { transfer: [handedOver] });

  const bytes = Uint8Array.of(9, 8, 7, 6);
  const blob = blobOf(bytes);

  test.each([
    { what: 'text', data: 'hello', payload: 'hello' },
    { what: 'an empty text', data: '', payload: '' },
    { what: 'lone surrogates', data: 'a\udc00', payload: 'a\udc00' },
    { what: 'a number', data: 4.5, payload: '4.5' },
    { what: 'null', data: null, payload: 'null' },
    { what: 'undefined', data: undefined, payload: 'undefined' },
    { what: 'a plain object', data: {}, payload: '[object Object]' },
    { what: 'an array', data: [1, [2]], payload: '1,2' },
    { what: 'a String object', data: new String('boxed'), payload: 'boxed' },
  ])('of $what sends and records text', ({ data, payload }) => {
    const socket = openSocket();
    expect(send(socket, data)).toBeUndefined();
    expect(socket.sent).toEqual([payload]);
    expect(messages()).toMatchObject([{ kind: FrameKind.sentText, payload, socket: 1 }]);
  });

  test.each([
    { what: 'an ArrayBuffer', data: bytes.slice().buffer, payload: bytes },
    { what: 'a Uint8Array', data: bytes, payload: bytes },
    { what: 'a part of a buffer', data: bytes.subarray(1, 3), payload: Uint8Array.of(8, 7) },
    { what: 'a Uint16Array', data: Uint16Array.of(0x0201), payload: Uint8Array.of(1, 2) },
    { what: 'a DataView', data: new DataView(bytes.buffer, 2), payload: Uint8Array.of(7, 6) },
    { what: 'no bytes', data: new ArrayBuffer(0), payload: new Uint8Array() },
    ...detached.map((data) => ({
      what: `a detached ${data.constructor.name}`,
      data,
      payload: new Uint8Array(),
    })),
  ])('of $what hands on the same object and records its bytes', ({ data, payload }) => {
    const socket = openSocket();
    send(socket, data);
    expect(socket.sent[0]).toBe(data);
    expect(messages()).toMatchObject([{ kind: FrameKind.sentBinary, payload }]);
  });

  test('of a Blob records its size and leaves the contents to come', () => {
    const socket = openSocket();
    send(socket, blob);
    expect(socket.sent[0]).toBe(blob);
    expect(messages()).toMatchObject([{ kind: FrameKind.sentBinary, size: 4, flags: FrameFlag.pending }]);
  });

  test('records bytes as they were, whatever the page does with the buffer afterwards', () => {
    page.outbox.detach();
    const socket = newSocket().serverOpens();
    const buffer = Uint8Array.of(1, 2, 3);
    socket.send(buffer);
    buffer.fill(0);
    page.outbox.attach('later', 1);
    expect(messages()).toMatchObject([{ payload: Uint8Array.of(1, 2, 3) }]);
  });

  test('is not deceived by what an object claims to be', () => {
    const socket = openSocket();
    const masked = Object.setPrototypeOf(Uint8Array.of(5), null);
    const pretender = { [Symbol.toStringTag]: 'Uint8Array', byteLength: 3, toString: () => 'words' };
    send(socket, masked);
    send(socket, pretender);
    expect(messages()).toMatchObject([{ payload: Uint8Array.of(5) }, { payload: 'words' }]);
  });

  test('converts an object to text once', () => {
    const socket = openSocket();
    let conversions = 0;
    send(socket, { toString: () => `conversion ${++conversions}` });
    expect(socket.sent).toEqual(['conversion 1']);
    expect(messages()).toMatchObject([{ payload: 'conversion 1' }]);
  });

  test('throws what the conversion throws, once, and records nothing', () => {
    const socket = openSocket();
    const thrown = new Error('no words');
    let conversions = 0;
    const speechless = {
      toString() {
        conversions++;
        throw thrown;
      },
    };
    expect(thrownBy(() => send(socket, speechless))).toBe(thrown);
    expect(conversions).toBe(1);
    expect(messages()).toEqual([]);
  });

  test('of a symbol fails as natively and records nothing', () => {
    const socket = openSocket();
    expect(thrownBy(() => send(socket, Symbol('s')))).toBeInstanceOf(TypeError);
    expect(messages()).toEqual([]);
  });

  test('before the socket is open throws the native error and records nothing', () => {
    const socket = newSocket();
    expect(thrownBy(() => socket.send('early'))).toMatchObject({ name: 'InvalidStateError' });
    expect(frames()).toEqual([]);
  });

  test('on something that is no socket, or without an argument, is left to the native method', () => {
    const socket = openSocket();
    expect(thrownBy(() => Reflect.apply(socket.send, {}, ['x']))).toBeInstanceOf(TypeError);
    expect(thrownBy(() => Reflect.apply(socket.send, null, ['x']))).toBeInstanceOf(TypeError);
    send(socket);
    expect(messages()).toEqual([]);
  });

  test('on a closing or closed socket is recorded as discarded', () => {
    const socket = openSocket();
    socket.close();
    socket.send('too late');
    socket.serverCloses(1000);
    socket.send('much too late');
    expect(socket.sent).toEqual([]);
    expect(messages().map(({ flags }) => flags)).toEqual([FrameFlag.discarded, FrameFlag.discarded]);
  });

  test("records the page's call stack without our own calls", () => {
    openSocket().send('x');
    const stack = messages()[0]?.detail?.stack;
    expect(stack).toContain('patch.test.ts');
    expect(stack).not.toContain('src/page');
  });
});

describe('close', () => {
  test('records who closed it, and the arguments', () => {
    openSocket().close(3001, 'enough');
    expect(records()).toMatchObject([
      { readyState: 2, closing: { by: 'page', code: 3001, reason: 'enough' } },
    ]);
  });

  test('of a socket that is closing already changes nothing', () => {
    const socket = openSocket();
    socket.close(3001);
    socket.close(3002);
    expect(records()[0]?.closing?.code).toBe(3001);
  });

  test('throws what the native method throws and records nothing', () => {
    const socket = openSocket();
    expect(thrownBy(() => socket.close(1001))).toMatchObject({ name: 'InvalidAccessError' });
    expect(records()[0]?.closing).toBeUndefined();
  });
});

describe('received messages', () => {
  test('are recorded in the form in which they came', () => {
    const socket = openSocket();
    const blob = blobOf(Uint8Array.of(1, 2));
    socket.serverSends('text');
    socket.serverSends(Uint8Array.of(3).buffer);
    socket.serverSends(blob);
    expect(messages()).toMatchObject([
      { kind: FrameKind.receivedText, payload: 'text' },
      { kind: FrameKind.receivedBinary, payload: Uint8Array.of(3) },
      { kind: FrameKind.receivedBinary, size: 2, flags: FrameFlag.pending },
    ]);
  });

  test('are recorded before any listener of the page runs', () => {
    const socket = openSocket();
    socket.onmessage = () => socket.send('answer');
    socket.addEventListener('message', (event) => event.stopImmediatePropagation());
    socket.serverSends('question');
    expect(messages().map(({ payload }) => payload)).toEqual(['question', 'answer']);
  });

  test('do not include events that the page dispatches itself', () => {
    const socket = openSocket();
    socket.dispatchEvent(new MessageEvent('message', { data: 'made up' }));
    for (const type of ['open', 'error', 'close']) socket.dispatchEvent(new Event(type));
    expect(messages()).toEqual([]);
    expect(frames().map(({ kind }) => kind)).toEqual([FrameKind.open]);
    expect(records()[0]?.closedAt).toBeUndefined();
  });
});
