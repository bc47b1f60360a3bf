/** What runs in the benchmark page; passed by source, so each function stands alone. */

/** Whose WebSocket is measured: the page's own, or that of its frame which Framescope leaves alone. */
export type Realm = 'hooked' | 'plain';

/** ms a message, from the first of a burst to the last. */
export function receiveBurst(realm: Realm, count: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const global = realm === 'plain' ? frames[0] : window;
    const { WebSocket } = global as unknown as typeof globalThis;
    const socket = new WebSocket(location.origin.replace('http', 'ws'));
    let seen = 0;
    let start = 0;
    let checksum = 0;
    socket.onopen = () => socket.send(`burst ${count}`);
    socket.onerror = () => reject(new Error('no connection'));
    socket.onmessage = ({ data }) => {
      if (seen++ === 0) start = performance.now();
      checksum += data.length;
      if (seen < count) return;
      const time = performance.now() - start;
      socket.close();
      if (checksum !== 110 * count) reject(new Error(`wrong messages: ${checksum}`));
      else resolve(time / count);
    };
  });
}

/**
 * µs a call of `send`, hooked and plain, on one and the same socket: what the native method costs swings by a factor of
 * four between sockets and from one second to the next, far more than what is measured here. One figure of each a round;
 * between rounds the socket's buffer drains.
 * @param pause ms between rounds, at least
 */
export function sendMany(
  rounds: number,
  callsPerRound: number,
  pause: number,
): Promise<Record<Realm, number>[]> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(location.origin.replace('http', 'ws'));
    const plainSend = (frames[0] as unknown as typeof globalThis).WebSocket.prototype.send;
    const text = 'x'.repeat(110);
    const results: Record<Realm, number>[] = [];
    const drained = (then: () => void) => {
      if (socket.bufferedAmount > 0) setTimeout(() => drained(then), 1);
      else setTimeout(then, pause);
    };
    const time = (send: typeof plainSend) => {
      const start = performance.now();
      for (let call = 0; call < callsPerRound; call++) send.call(socket, text);
      return ((performance.now() - start) * 1000) / callsPerRound;
    };
    const measure = (realm: Realm) => time(realm === 'hooked' ? socket.send : plainSend);
    const round = () => {
      const [first, second]: Realm[] = results.length % 2 === 0 ? ['hooked', 'plain'] : ['plain', 'hooked'];
      if (!first || !second) return;
      const result = { hooked: 0, plain: 0 };
      result[first] = measure(first);
      drained(() => {
        result[second] = measure(second);
        results.push(result);
        if (results.length < rounds) drained(round);
        else {
          socket.close();
          resolve(results);
        }
      });
    };
    socket.onopen = round;
    socket.onerror = () => reject(new Error('no connection'));
  });
}

/** µs a constructor call, hooked and plain; one figure of each a round. The browser holds back a page whose connections fail. */
export async function constructMany(rounds: number, callsPerRound: number): Promise<Record<Realm, number>[]> {
  const plain = frames[0] as unknown as typeof globalThis;
  const address = location.origin.replace('http', 'ws');
  const results: Record<Realm, number>[] = [];
  const measure = async ({ WebSocket }: typeof globalThis) => {
    const sockets: WebSocket[] = [];
    const start = performance.now();
    for (let call = 0; call < callsPerRound; call++) sockets.push(new WebSocket(address));
    const time = ((performance.now() - start) * 1000) / callsPerRound;
    for (const socket of sockets) socket.addEventListener('open', () => socket.close());
    await Promise.all(sockets.map((socket) => new Promise((done) => socket.addEventListener('close', done))));
    return time;
  };
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 === 0 ? await measure(window) : undefined;
    const second = await measure(plain);
    results.push({ hooked: first ?? (await measure(window)), plain: second });
  }
  return results;
}

/** Bytes of the page's heap for each open socket on which nothing has happened yet. Needs an exposed `gc`. */
export async function bytesPerSocket(realm: Realm, count: number): Promise<number> {
  const { WebSocket } = (realm === 'plain' ? frames[0] : window) as unknown as typeof globalThis;
  const { gc } = window as unknown as { gc(options: object): Promise<void> };
  const used = async () => {
    for (let pass = 0; pass < 3; pass++) await gc({ type: 'major', execution: 'async' });
    return (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize;
  };
  const address = location.origin.replace('http', 'ws');
  const sockets: WebSocket[] = [];
  const before = await used();
  for (let index = 0; index < count; index++) {
    const socket = new WebSocket(address);
    await new Promise((opened) => socket.addEventListener('open', opened, { once: true }));
    sockets.push(socket);
  }
  const after = await used();
  for (const socket of sockets) socket.close();
  return (after - before) / count;
}

/** ms from the beginning of the response to the first inline script. */
export function firstScriptDelay(): number {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const { firstScriptAt } = window as unknown as { firstScriptAt: number };
  return firstScriptAt - (navigation?.responseStart ?? 0);
}
