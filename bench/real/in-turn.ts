/**
 * What runs in the page of `BenchServer.paired`, in which two frames are alike but for Framescope; passed by source, so each function stands
 * alone, but for what {@link installTurns} has put there before. All is done in turn in both, in short spells, and what comes first in one
 * round comes second in the next.
 */

/** The frame with Framescope, or the one without. */
export type Realm = 'hooked' | 'plain';

/** A figure of each from one round. */
export type Round = Readonly<Record<Realm, number>>;

/** A socket of either frame, or one without Framescope that has a listener that does nothing. */
export type Receiver = Realm | 'listened';

declare global {
  interface Window {
    /** Those that receive. */
    receivers?: Map<Receiver, WebSocket>;
    /** Of {@link installTurns}. */
    inTurn(rounds: number, measure: (realm: Realm) => Promise<number>): Promise<Round[]>;
  }
}

/** Puts the turns into the page. Were they taken from outside, what is measured would be new code in each round, and begin cold. */
export function installTurns(): void {
  window.inTurn = async (rounds, measure) => {
    const results: Round[] = [];
    for (let round = 0; round < rounds; round++) {
      const result = { hooked: 0, plain: 0 };
      const order = ['hooked', 'plain'] as const;
      for (const realm of round % 2 === 0 ? order : order.toReversed()) result[realm] = await measure(realm);
      results.push(result);
    }
    return results;
  };
}

/** Opens a new socket for receiving. Its cost differs from socket to socket, whatever listens. */
export async function connectReceiver(receiver: Receiver): Promise<void> {
  window.receivers ??= new Map();
  window.receivers.get(receiver)?.close();
  const realm = receiver === 'listened' ? 'plain' : receiver;
  const { WebSocket } = window.frames[realm as never] as unknown as typeof globalThis;
  const socket = new WebSocket(location.origin.replace('http', 'ws'));
  if (receiver === 'listened') socket.addEventListener('message', () => undefined);
  await new Promise((opened) => socket.addEventListener('open', opened));
  window.receivers.set(receiver, socket);
}

/** µs a message, from the first of a burst to the last. */
export function receive(receiver: Receiver, count: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = window.receivers?.get(receiver);
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

/**
 * µs a call of `send`, hooked and plain, on one and the same socket. Between spells the socket's buffer drains.
 * @param pause ms between spells, at least
 */
export async function sendInTurn(rounds: number, calls: number, pause: number): Promise<Round[]> {
  const { WebSocket } = window.frames['hooked' as never] as unknown as typeof globalThis;
  const plain = window.frames['plain' as never] as unknown as typeof globalThis;
  const socket = new WebSocket(location.origin.replace('http', 'ws'));
  await new Promise((opened) => socket.addEventListener('open', opened));
  const text = 'x'.repeat(110);
  const sends = { hooked: WebSocket.prototype.send, plain: plain.WebSocket.prototype.send };
  const later = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const measure = async (realm: Realm) => {
    await later(pause);
    while (socket.bufferedAmount > 0) await later(1);
    const send = sends[realm];
    const start = performance.now();
    for (let call = 0; call < calls; call++) send.call(socket, text);
    return ((performance.now() - start) * 1000) / calls;
  };
  const results = await window.inTurn(rounds, measure);
  socket.close();
  return results;
}

/** µs a constructor call. Its connections are opened and closed again: the browser holds back a page whose connections fail. */
export async function constructInTurn(rounds: number, calls: number): Promise<Round[]> {
  const address = location.origin.replace('http', 'ws');
  const measure = async (realm: Realm) => {
    const { WebSocket } = window.frames[realm as never] as unknown as typeof globalThis;
    const sockets: WebSocket[] = [];
    const start = performance.now();
    for (let call = 0; call < calls; call++) sockets[call] = new WebSocket(address);
    const time = ((performance.now() - start) * 1000) / calls;
    for (const socket of sockets) socket.onopen = () => socket.close();
    await Promise.all(sockets.map((socket) => new Promise((done) => socket.addEventListener('close', done))));
    return time;
  };
  return window.inTurn(rounds, measure);
}

/** Bytes of the page's heap for each open socket on which nothing has happened yet. Needs an exposed `gc`. */
export async function heapInTurn(rounds: number, count: number): Promise<Round[]> {
  const { gc } = window as unknown as { gc(options: object): Promise<void> };
  // Each reading of `memory` is another object, and stays as it was.
  const heap = performance as unknown as { readonly memory: { readonly usedJSHeapSize: number } };
  const address = location.origin.replace('http', 'ws');
  const used = async () => {
    for (let pass = 0; pass < 3; pass++) await gc({ type: 'major', execution: 'async' });
    return heap.memory.usedJSHeapSize;
  };
  const measure = async (realm: Realm) => {
    const { WebSocket } = window.frames[realm as never] as unknown as typeof globalThis;
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
    let open = count;
    await new Promise<void>((done) => {
      for (const socket of sockets) {
        socket.onclose = () => --open || done();
        socket.close();
      }
    });
    return bytes;
  };
  return window.inTurn(rounds, measure);
}
