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
 */
export function sendMany(rounds: number, callsPerRound: number): Promise<Record<Realm, number>[]> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(location.origin.replace('http', 'ws'));
    const plainSend = (frames[0] as unknown as typeof globalThis).WebSocket.prototype.send;
    const text = 'x'.repeat(110);
    const results: Record<Realm, number>[] = [];
    const drained = (then: () => void) => {
      if (socket.bufferedAmount > 0) setTimeout(() => drained(then), 1);
      else setTimeout(then, 1);
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

/** ms from the beginning of the response to the first inline script. */
export function firstScriptDelay(): number {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const { firstScriptAt } = window as unknown as { firstScriptAt: number };
  return firstScriptAt - (navigation?.responseStart ?? 0);
}
