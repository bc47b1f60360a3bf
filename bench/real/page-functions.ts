/** What runs in the benchmark page; passed by source, so each function is self-contained. */

/** ms a message, from the first of a burst to the last. */
export function receiveBurst(count: number): Promise<number> {
  return new Promise((resolve, reject) => {
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

/** ms up to the first inline script of a page. */
export interface FirstScript {
  /** From the beginning of the response. */
  readonly sinceResponse: number;
  /** From the moment when the document was made, which the browser tells in whole ms. */
  readonly sinceDocument: number;
  /** From the mark before the content scripts; 0 where there is none. */
  readonly sinceMark: number;
}

/** When a page's first inline script ran. */
export function firstScriptAt(mark: string): FirstScript {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const [scripts] = performance.getEntriesByName(mark);
  const { firstScriptAt } = window as unknown as { firstScriptAt: number };
  // Only the deprecated interface of https://www.w3.org/TR/navigation-timing/ has this moment.
  const document = performance.timing.domLoading - performance.timeOrigin;
  return {
    sinceResponse: firstScriptAt - (navigation?.responseStart ?? 0),
    sinceDocument: firstScriptAt - document,
    sinceMark: firstScriptAt - (scripts?.startTime ?? firstScriptAt),
  };
}
