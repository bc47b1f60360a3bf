import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { PLAIN_PATH } from './real/half-extension.ts';
import { tradeText } from './synthetic/trade.ts';

/** Serves the benchmark pages and a socket that sends bursts and swallows whatever it gets. */
export interface BenchServer {
  readonly url: string;
  /** A page with two frames that are alike, `hooked` and `plain`. */
  readonly paired: string;
  /** A page with so many frames in it. */
  framed(count: number): string;
  close(): Promise<void>;
}

const FRAMED_PATH = 'framed';
/** The script stands first: a title is told to the browser's process, which then competes for the processor. */
const HEAD = `<!doctype html><meta charset="utf-8"><script>window.firstScriptAt = performance.now();</script>
<title>bench</title>`;
/** Framescope leaves this page alone too: in a page's frames of the same origin its hook sees to it that there is one. */
const PAIRED_PATH = `${PLAIN_PATH}-paired`;
const PAIRED_PAGE = `${HEAD}<iframe name="hooked" src="/${FRAMED_PATH}"></iframe>
<iframe name="plain" src="/${PLAIN_PATH}"></iframe>`;

function answer(url: string): string {
  const frames = new RegExp(`^/${FRAMED_PATH}/(\\d+)$`).exec(url)?.[1];
  if (url === `/${PAIRED_PATH}`) return PAIRED_PAGE;
  if (frames !== undefined) return HEAD + framesOf(Number(frames));
  return HEAD;
}

function framesOf(count: number): string {
  return `<iframe src="/${FRAMED_PATH}"></iframe>`.repeat(count);
}

export async function startBenchServer(): Promise<BenchServer> {
  const http = createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    // An isolated page's clock ticks every 5 µs, any other's every 100.
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-embedder-policy', 'require-corp');
    response.end(answer(request.url ?? ''));
  });
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  sockets.on('connection', (socket) => {
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const burst = /^burst (\d+)$/.exec(String(data))?.[1];
      for (let seq = 0; seq < Number(burst ?? 0); seq++) socket.send(tradeText(seq));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/`;
  return {
    url,
    paired: `${url}${PAIRED_PATH}`,
    framed: (count) => `${url}${FRAMED_PATH}/${count}`,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        sockets.close();
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
}
