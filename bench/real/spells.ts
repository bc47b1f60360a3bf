/**
 * What runs in the page of `BenchServer.paired`, in which two frames are alike but for Framescope; passed by source, so each function stands
 * alone. Each does one spell in one frame: who measures has both frames take their turns.
 */

/** The frame with Framescope, or the one without. */
export type Realm = 'hooked' | 'plain';

declare global {
  interface Window {
    /** Those that receive. */
    receivers?: Map<Realm, WebSocket>;
    /** On which both send. */
    sender?: WebSocket;
  }
}

/** Opens a new socket that is to receive. What one costs differs from socket to socket, whoever listens. */
export async function connectReceiver(realm: Realm): Promise<void> {
  window.receivers ??= new Map();
  window.receivers.get(realm)?.close();
  const { WebSocket } = window.frames[realm as never] as unknown as typeof globalThis;
  const socket = new WebSocket(location.origin.replace('http', 'ws'));
  await new Promise((opened) => socket.addEventListener('open', opened));
  window.receivers.set(realm, socket);
}

/** µs a message, from the first of a burst to the last. */
export function receive(realm: Realm, count: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = window.receivers?.get(realm);
    if (!socket) throw new Error('not connected');
    let seen = 0;
    let start = 0;
    let units = 0;
    socket.onmessage = ({ data }) => {
      if (seen++ === 0) start = performance.now();
      units += data.length;
      if (seen < count) return;
      const time = performance.now() - start;
      if (units === 110 * count) resolve((time * 1000) / (count - 1));
      else reject(new Error(`wrong messages: ${units}`));
    };
    socket.send(`burst ${count}`);
  });
}

/** Opens the socket that both frames send on: what `send` costs differs from socket to socket. */
export async function connectSender(): Promise<void> {
  window.sender?.close();
  const { WebSocket } = window.frames['hooked' as never] as unknown as typeof globalThis;
  const socket = new WebSocket(location.origin.replace('http', 'ws'));
  await new Promise((opened) => socket.addEventListener('open', opened));
  window.sender = socket;
}

/**
 * µs a call of `send`. Before it the socket's buffer drains.
 * @param pause ms before the first call, at least
 */
export async function send(realm: Realm, calls: number, pause: number): Promise<number> {
  const socket = window.sender;
  if (!socket) throw new Error('not connected');
  const { WebSocket } = window.frames[realm as never] as unknown as typeof globalThis;
  const { send } = WebSocket.prototype;
  const text = 'x'.repeat(110);
  const later = (ms: number) => new Promise((done) => setTimeout(done, ms));
  await later(pause);
  while (socket.bufferedAmount > 0) await later(1);
  const start = performance.now();
  for (let call = 0; call < calls; call++) send.call(socket, text);
  return ((performance.now() - start) * 1000) / calls;
}

/** µs a constructor call. Its connections are opened and closed again: the browser holds back a page whose connections fail. */
export async function construct(realm: Realm, calls: number): Promise<number> {
  const address = location.origin.replace('http', 'ws');
  const { WebSocket } = window.frames[realm as never] as unknown as typeof globalThis;
  const sockets: WebSocket[] = [];
  const start = performance.now();
  for (let call = 0; call < calls; call++) sockets[call] = new WebSocket(address);
  const time = ((performance.now() - start) * 1000) / calls;
  for (const socket of sockets) socket.onopen = () => socket.close();
  await Promise.all(sockets.map((socket) => new Promise((done) => socket.addEventListener('close', done))));
  return time;
}

/** Bytes of the page's heap for each open socket on which nothing has happened yet. Needs an exposed `gc`. */
export async function heapOfSocket(realm: Realm, count: number): Promise<number> {
  const { gc } = window as unknown as { gc(options: object): Promise<void> };
  // Each reading of `memory` is another object, and stays as it was.
  const heap = performance as unknown as { readonly memory: { readonly usedJSHeapSize: number } };
  const { WebSocket } = window.frames[realm as never] as unknown as typeof globalThis;
  const address = location.origin.replace('http', 'ws');
  const used = async () => {
    for (let pass = 0; pass < 3; pass++) await gc({ type: 'major', execution: 'async' });
    return heap.memory.usedJSHeapSize;
  };
  const sockets: WebSocket[] = new Array(count);
  const before = await used();
  for (let index = 0; index < count; index++) {
    const socket = new WebSocket(address);
    sockets[index] = socket;
    await new Promise((opened) => {
      socket.onopen = opened;
    });
    socket.onopen = null;
  }
  const bytes = ((await used()) - before) / count;
  const closed = sockets.map((socket) => new Promise((done) => socket.addEventListener('close', done)));
  for (const socket of sockets) socket.close();
  await Promise.all(closed);
  return bytes;
}
