import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { bundlePage } from './bundle.ts';
import { requestUrl } from './servers/scenario.ts';

interface Asset {
  readonly type: string;
  readonly body: string;
}

/** Answers a request for a page, a style sheet or a script. */
export type Site = (request: IncomingMessage, response: ServerResponse) => void;

const HTML = 'text/html; charset=utf-8';
const CSS = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

/** The demo's own site; `tlsPort` is passed to the page, which cannot know it otherwise. */
export async function createSite(tlsPort: number): Promise<Site> {
  const [index, notifications, style, scripts] = await Promise.all([
    readPageFile('index.html'),
    readPageFile('notifications.html'),
    readPageFile('style.css'),
    bundlePage(),
  ]);
  const assets = new Map<string, Asset>([
    ['/', { type: HTML, body: index.replace('{{tlsPort}}', String(tlsPort)) }],
    ['/notifications.html', { type: HTML, body: notifications }],
    ['/style.css', { type: CSS, body: style }],
  ]);
  for (const [path, body] of scripts) assets.set(path, { type: SCRIPT, body });
  return serve(assets);
}

/** The site on the TLS port: one page that is there to have its certificate trusted. */
export async function createTrustSite(): Promise<Site> {
  const [body, style] = await Promise.all([readPageFile('trusted.html'), readPageFile('style.css')]);
  return serve(
    new Map([
      ['/', { type: HTML, body }],
      ['/style.css', { type: CSS, body: style }],
    ]),
  );
}

function serve(assets: ReadonlyMap<string, Asset>): Site {
  return (request, response) => {
    const asset = assets.get(requestUrl(request).pathname);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      reply(response, 405, { type: 'text/plain', body: 'Only GET.\n' });
    } else if (asset === undefined) {
      reply(response, 404, { type: 'text/plain', body: 'Not found.\n' });
    } else {
      reply(response, 200, asset);
    }
  };
}

function reply(response: ServerResponse, status: number, asset: Asset): void {
  response.writeHead(status, {
    'Content-Type': asset.type,
    'Content-Length': Buffer.byteLength(asset.body),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(asset.body);
}

function readPageFile(name: string): Promise<string> {
  return readFile(new URL(`page/${name}`, import.meta.url), 'utf8');
}
