import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { PLAIN_PATH } from './half-extension.ts';

/** Serves the benchmark page and a socket that sends bursts and swallows whatever it gets. */
export interface BenchServer {
  readonly url: string;
  close(): Promise<void>;
}

const HEAD = `<!doctype html><meta charset="utf-8"><title>bench</title>
<script>window.firstScriptAt = performance.now();</script>`;
const PAGE = `${HEAD}<iframe src="/${PLAIN_PATH}"></iframe>`;

/** A trade of 110 bytes, as a ticker sends them. */
function trade(seq: number): string {
  const head = `{"type":"trade","symbol":"BTC-USD","price":64213.55,"size":0.5021,"seq":${seq},"venue":"XBT1","pad":"`;
  return `${head}${'x'.repeat(Math.max(0, 108 - head.length))}"}`;
}

export async function startBenchServer(): Promise<BenchServer> {
  const http = createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    // An isolated page's clock ticks every 5 µs, any other's every 100.
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-embedder-policy', 'require-corp');
    response.end(request.url === `/${PLAIN_PATH}` ? HEAD : PAGE);
  });
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  sockets.on('connection', (socket) => {
    socket.on('error', () => socket.terminate());
    socket.on('message', (data) => {
      const burst = /^burst (\d+)$/.exec(String(data))?.[1];
      for (let seq = 0; seq < Number(burst ?? 0); seq++) socket.send(trade(seq));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        sockets.close();
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
}
