import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer } from 'vite';
import { urlOf } from '../helpers/server.ts';
import type { Service } from '../helpers/service.ts';

const MAIN = `
import { text } from './text.js';
export const seen = ['text ' + text];
export const send = (event, data) => import.meta.hot.send(event, data);
import.meta.hot.accept('./text.js', (module) => seen.push('accepted ' + module.text));
import.meta.hot.on('vite:beforeUpdate', ({ updates }) => {
  for (const { type, path } of updates) seen.push(type + ' ' + path);
});
import.meta.hot.on('vite:error', ({ err }) => seen.push('error ' + err.message));
import.meta.hot.on('compatibility:answer', ({ text }) => seen.push('answer ' + text));
import.meta.hot.on('compatibility:hello', () => seen.includes('connected') || seen.push('connected'));
const hello = setInterval(() => {
  if (seen.includes('connected')) clearInterval(hello);
  else import.meta.hot.send('compatibility:hello', {});
}, 20);
`;

/** A development server of Vite over a folder whose files `/vite-edit` writes. */
export async function vite(http: Server): Promise<Service> {
  const root = await mkdtemp(path.join(tmpdir(), 'framescope-vite-'));
  const server = await createServer({
    root,
    cacheDir: path.join(root, '.cache'),
    configFile: false,
    appType: 'custom',
    logLevel: 'silent',
    optimizeDeps: { noDiscovery: true },
    // It is told of the changes: watching files takes a while to begin, and is not what this is about.
    server: { middlewareMode: true, watch: null, ws: { server: http, path: '/vite-hmr' } },
  });
  server.ws.on('compatibility:ask', ({ text }: { text: string }, client) => {
    client.send('compatibility:answer', { text: text.toUpperCase() });
  });
  server.ws.on('compatibility:hello', (_data, client) => client.send('compatibility:hello', {}));

  async function edit({ searchParams }: URL, response: ServerResponse): Promise<void> {
    const folder = path.join(root, path.basename(searchParams.get('app') ?? ''));
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'main.js'), MAIN, { flag: 'wx' }).catch(() => {});
    const file = path.join(folder, 'text.js');
    await writeFile(file, `export const text = '${searchParams.get('text')}';\n`);
    server.watcher.emit('change', file);
    response.end('written');
  }

  return {
    path: '/vite-hmr',
    request(request, response) {
      const url = urlOf(request);
      if (url.pathname === '/vite-edit') void edit(url, response);
      else server.middlewares(request, response);
      return true;
    },
    async close() {
      await server.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}
