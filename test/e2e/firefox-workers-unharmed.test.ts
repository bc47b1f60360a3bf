import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { setWorkerCapture } from './helpers/firefox.ts';
import { expectStates, SOON } from './helpers/panel.ts';
import { type Stage, useStage } from './helpers/stage.ts';
import { MADE, QUESTION, REPORT, run, type SeenWindow, seenOf, startOuterWorker } from './helpers/workers.ts';

// A worker must not notice that its sockets are captured: each is run with and without the hook, and what it and its page
// see is compared. Only columns on the line of the hook may differ.

const SCRIPT = { 'content-type': 'text/javascript' };

interface Case {
  readonly name: string;
  /** The script, and what else the server has beside it; other files are named by their path. */
  readonly files: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly options?: WorkerOptions;
  /** Whether the hook is to be in it; left out where it cannot be asked. */
  readonly hooked?: boolean;
  /** The page terminates it with its first message. */
  readonly isTerminated?: boolean;
  /** It makes another worker, and then says {@link MADE}. */
  readonly makesAnother?: boolean;
  /** It neither says nor does anything. */
  readonly isSilent?: boolean;
}

const THROWING = 'postMessage("begun");\n\n  null.x;\n';
const LONG = `'use strict';\n${REPORT}\n${`// ${'x'.repeat(97)}\n`.repeat(20_000)}\npostMessage(['end', 1]);`;

const CASES: readonly Case[] = [
  { name: 'sloppy', files: { 'w.js': REPORT }, hooked: true },
  { name: 'strict', files: { 'w.js': `'use strict'; ${REPORT}` }, hooked: true },
  {
    name: 'strict-below',
    files: { 'w.js': `/* licence\n “x” */\n// more\n\n"use strict"\n${REPORT}` },
    hooked: true,
  },
  {
    name: 'named',
    files: { 'w.js': REPORT },
    options: { name: 'a name', credentials: 'include' },
    hooked: true,
  },
  { name: 'hashbang', files: { 'w.js': `#!/usr/bin/env node\n'use strict';${REPORT}` }, hooked: true },
  { name: 'bom', files: { 'w.js': `\ufeff'use strict';${REPORT}postMessage('ü → 𝒳');` }, hooked: true },
  {
    name: 'importing',
    files: {
      'w.js': `importScripts('a.js', './a.js');${REPORT}`,
      'a.js': `postMessage(['a', typeof WebSocket]);`,
    },
    hooked: true,
  },
  {
    name: 'import-missing',
    files: {
      'w.js': `try { importScripts('none.js') } catch (error) { postMessage([error.name, error.message]) }`,
    },
  },
  { name: 'long', files: { 'w.js': LONG }, headers: { 'content-length': String(Buffer.byteLength(LONG)) } },
  {
    name: 'gzip',
    files: {},
    body: gzipSync(`'use strict'\n${REPORT}postMessage('ü');`),
    headers: { 'content-encoding': 'gzip' },
  },
  { name: 'cached', files: { 'w.js': REPORT }, headers: { 'cache-control': 'max-age=600' }, hooked: true },
  {
    name: 'csp',
    files: { 'w.js': REPORT },
    headers: { 'content-security-policy': "default-src 'self'; connect-src 'none'" },
    hooked: true,
  },
  {
    name: 'eval-refused',
    files: { 'w.js': `try { eval('1') } catch (error) { postMessage(String(error)) }` },
    headers: { 'content-security-policy': "script-src 'self'" },
  },
  {
    name: 'coep',
    files: { 'w.js': REPORT },
    headers: { 'cross-origin-embedder-policy': 'require-corp' },
    hooked: true,
  },
  {
    name: 'latin',
    files: { 'w.js': `${REPORT}postMessage('ü');` },
    headers: { 'content-type': 'application/javascript; charset=ISO-8859-1' },
    hooked: true,
  },
  { name: 'throwing', files: { 'w.js': THROWING } },
  { name: 'throwing-strict', files: { 'w.js': `'use strict'\n${THROWING}` } },
  { name: 'syntax', files: { 'w.js': 'postMessage(1);\n\nlet a = ;' } },
  {
    name: 'rejecting',
    files: {
      'w.js': `${REPORT};onunhandledrejection = ({ reason }) => postMessage(String(reason)); Promise.reject(new Error('no'));`,
    },
    hooked: true,
  },
  { name: 'closing', files: { 'w.js': `${REPORT};close();` }, hooked: true },
  {
    name: 'terminated',
    files: { 'w.js': `postMessage('first'); setInterval(() => postMessage('late'), 200);` },
    isTerminated: true,
  },
  { name: 'operand', files: { 'w.js': `'use strict' + 1;${REPORT}` }, hooked: false },
  { name: 'html-comment', files: { 'w.js': `<!-- a comment\n${REPORT}` }, hooked: false },
  {
    name: 'shadowing',
    files: { 'w.js': `class WebSocket {}\nfunction Blob() {}\npostMessage([WebSocket.name, Blob.length]);` },
  },
  {
    name: 'shadowed-later',
    files: { 'w.js': `let MessageEvent = 1;\npostMessage(MessageEvent);` },
    hooked: false,
  },
  { name: 'empty', files: { 'w.js': '' }, isSilent: true },
  {
    name: 'utf-16',
    files: {},
    body: Buffer.from(`\ufeff${REPORT}`, 'utf16le'),
    headers: { 'content-type': 'text/javascript; charset=utf-16' },
  },
  { name: 'no-script', files: { 'w.js': REPORT }, headers: { 'content-type': 'text/html' } },
  { name: 'missing', files: {} },
  {
    name: 'module',
    files: {
      'w.js': `import { b } from './b.js';postMessage(['meta', import.meta.url, b]);import('./c.js').then((c) => postMessage(Object.keys(c)));${REPORT}`,
      'b.js': `'use strict'\nexport const b = import.meta.url; postMessage('b');`,
      'c.js': 'export const c = 1',
    },
    options: { type: 'module' },
    hooked: true,
  },
  {
    name: 'module-throwing',
    files: { 'w.js': `import './b.js';`, 'b.js': `\n${THROWING}` },
    options: { type: 'module' },
  },
  {
    name: 'module-syntax',
    files: { 'w.js': `import './b.js';`, 'b.js': '\nexport { none };' },
    options: { type: 'module' },
  },
  { name: 'module-missing', files: { 'w.js': `import './none.js';` }, options: { type: 'module' } },
  {
    name: 'module-awaiting',
    files: {
      'w.js': `postMessage(await import('./c.js').then(({ c }) => c));`,
      'c.js': 'export const c = 1',
    },
    options: { type: 'module' },
    hooked: true,
  },
  {
    name: 'nested',
    files: {
      'w.js': `const inner = new Worker('in.js', { name: 'inner' }); inner.onmessage = ({ data }) => postMessage(['inner', data]); inner.onerror = ({ message, lineno }) => postMessage(['inner error', message, lineno]); onmessage = ({ data }) => inner.postMessage(data); postMessage('${MADE}');`,
      'in.js': REPORT,
    },
    hooked: true,
    makesAnother: true,
  },
];

function serve({ server }: Stage, { name, files, body, headers = {} }: Case): string {
  for (const [file, text] of Object.entries(files))
    server.serve(`/${name}/${file}`, text, { ...SCRIPT, ...headers });
  if (body) server.serve(`/${name}/w.js`, body, { ...SCRIPT, ...headers });
  server.serve(`/${name}/data.json`, '{"data":1}', { 'content-type': 'application/json' });
  return `${server.origin}/${name}/w.js`;
}

async function start(stage: Stage, name: string, one: Case): Promise<void> {
  const { page } = stage;
  const url = serve(stage, one);
  const startOnce = () => run(page, name, url, one.options, one.isTerminated);
  if (!one.makesAnother) return startOnce();
  await startOuterWorker({
    start: startOnce,
    heard: async () => (await seenOf(page, name))?.events,
    end: () => page.evaluate((key: string) => (window as unknown as SeenWindow).run[key]?.terminate(), name),
  });
}

describe('a worker with the hook', () => {
  const stage = useStage('firefox', { altersExtension: true });

  beforeAll(async () => {
    for (const one of CASES) {
      await start(stage, `native ${one.name}`, one);
      if (one.isSilent) continue;
      await stage.page.waitFor(
        (name: string) => (window as unknown as SeenWindow).seen[name]?.events.length,
        `native ${one.name}`,
      );
    }
    await setWorkerCapture(stage, true);
  });

  async function expectTheSame(name: string): Promise<void> {
    await expect
      .poll(
        async () => [await seenOf(stage.page, `native ${name}`), await seenOf(stage.page, `hooked ${name}`)],
        SOON,
      )
      .toSatisfy(([native, hooked]) => JSON.stringify(native) === JSON.stringify(hooked));
  }

  it.each(CASES)('sees the same: $name', async (one) => {
    await start(stage, `hooked ${one.name}`, one);
    await expectTheSame(one.name);
  });

  it.each(CASES.filter(({ hooked }) => hooked !== undefined))(
    'has it, or not, as it should: $name',
    async ({ name, files, hooked, ...one }) => {
      const script = `${files['w.js']}${QUESTION}`;
      const asking = { ...one, name: `${name}-asked`, files: { ...files, 'w.js': script } };
      await start(stage, asking.name, asking);
      await expect
        .poll(async () => (await seenOf(stage.page, asking.name))?.events, SOON)
        .toContainEqual(['hooked', hooked]);
    },
  );

  it('has seen nothing else since', async () => {
    for (const { name } of CASES) await expectTheSame(name);
  });

  it('is the same when its script comes out of a cache', async () => {
    const { page, panel, server } = stage;
    const text = `new WebSocket('${server.sockets}/from-cache');`;
    const url = server.serve('/from-cache.js', text, { ...SCRIPT, 'cache-control': 'max-age=600' });
    await page.evaluate((address: string) => void new Worker(address), url);
    await expectStates(panel, '/from-cache', 'OPEN');
    server.serve('/from-cache.js', 'not to be loaded again', SCRIPT);
    await page.evaluate((address: string) => void new Worker(address), url);
    await expectStates(panel, '/from-cache', 'OPEN', 'OPEN');
  });

  it('is not there where a service worker answers, nor in the script of one', async () => {
    const { page, server } = stage;
    const isHooked = '!/^function send/.test(Function.prototype.toString.call(WebSocket.prototype.send))';
    const script = `postMessage(['worker', ${isHooked}]);`;
    server.serve('/answered.js', script, SCRIPT);
    const service = `
      onactivate = (event) => event.waitUntil(clients.claim());
      onfetch = (event) => {
        if (!event.request.url.endsWith('/answered.js')) return;
        event.respondWith(fetch(event.request).then(async (response) => {
          const text = await response.text();
          const report = ';postMessage(' + JSON.stringify(['service', ${isHooked}, text]) + ');';
          return new Response(text + report, { headers: { 'content-type': 'text/javascript' } });
        }));
      };`;
    server.serve('/service.js', service, SCRIPT);
    await page.evaluate(async () => void (await navigator.serviceWorker.register('service.js')));
    await page.waitFor(() => navigator.serviceWorker.controller !== null);
    await run(stage.page, 'answered', `${server.origin}/answered.js`);
    await expect
      .poll(async () => (await seenOf(stage.page, 'answered'))?.events, SOON)
      .toEqual([
        ['worker', false],
        ['service', false, script],
      ]);
    await page.evaluate(async () => {
      for (const registration of await navigator.serviceWorker.getRegistrations())
        await registration.unregister();
    });
  });

  it('lives on in the back/forward cache', async () => {
    const { page, server } = stage;
    const script = `onmessage = ({ data }) => postMessage(data); ${QUESTION}`;
    const url = server.serve('/kept.js', script, SCRIPT);
    await page.navigate(server.serve('/kept.html', '<!doctype html><title>Kept</title>'));
    await run(stage.page, 'kept', url);
    await expect
      .poll(async () => (await seenOf(stage.page, 'kept'))?.events, SOON)
      .toEqual([['hooked', true], 'early']);
    await page.evaluate(() => {
      const own = window as unknown as SeenWindow;
      addEventListener('pageshow', ({ persisted }) => own.seen.kept?.events.push(['persisted', persisted]));
    });
    await page.navigate(`${server.origin}/`);
    await page.back();
    await expect
      .poll(async () => (await seenOf(stage.page, 'kept'))?.events, SOON)
      .toEqual([['hooked', true], 'early', ['persisted', true]]);
  });

  it('is not there in a tab without a panel', async () => {
    const { browser, server } = stage;
    const other = await browser.open(server.serve('/other.html', '<!doctype html><p>other'));
    const url = server.serve('/other.js', QUESTION, SCRIPT);
    const answer = await other.evaluate(
      (address: string) =>
        new Promise((resolve) => {
          new Worker(address).onmessage = ({ data }) => resolve(data);
        }),
      url,
    );
    expect(answer).toEqual(['hooked', false]);
    await other.close();
  });

  it('does not let its page read what was written into it', async () => {
    const { page, server } = stage;
    const text = `fetch(self.location).then((response) => response.text()).then(postMessage)`;
    const url = server.serve('/read.js', text, SCRIPT);
    const read = await page.evaluate(
      (address: string) =>
        new Promise((resolve) => {
          new Worker(address).onmessage = ({ data }) => resolve(data);
        }),
      url,
    );
    expect(read).toBe(text);
    const byPage = await page.evaluate(
      (address: string) => fetch(address).then((response) => response.text()),
      url,
    );
    expect(byPage).toBe(text);
  });
});
