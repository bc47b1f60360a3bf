import { beforeAll, describe, expect, it } from 'vitest';
import type { InspectedPage } from '../../scripts/devtools/driver.ts';
import { SOON } from './helpers/panel.ts';
import { switchOn, withPermissions } from './helpers/site-workers.ts';
import { type Stage, useStage } from './helpers/stage.ts';
import { QUESTION, REPORT, type Seen, type SeenWindow } from './helpers/workers.ts';

// Neither a worker nor its page must notice more than the switch names: each case is run in a frame of two sites, for one of which
// it is on, and what is seen there is compared. Only the UUID of a blob: URL and columns on the line of the hook may differ.

interface Case {
  readonly name: string;
  /** Script of the worker. */
  readonly worker?: string;
  /** What the page does with `source`; `start(url)`, `watch(worker)` and `see(…)` are there, `blob(text)` makes a URL. */
  readonly page?: string;
  readonly options?: WorkerOptions;
  /** Whether the hook is to be in the worker, on the site where it is switched on. */
  readonly hooked?: boolean;
  /** Of the page. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly sandbox?: string;
}

const THROWING = 'postMessage("begun");\n\n  null.x;\n';
const THROWS = (call: string) =>
  `try { ${call} } catch (error) { see('thrown', error.name, error.message, error.stack.split('\\n').length) }`;
const CSP = "script-src 'unsafe-inline' 'self' blob:;";

const CASES: readonly Case[] = [
  { name: 'sloppy', worker: REPORT, hooked: true },
  { name: 'strict', worker: `'use strict'; ${REPORT}`, hooked: true },
  { name: 'strict below', worker: `/* “x” */\n// more\n\n"use strict"\n${REPORT}`, hooked: true },
  { name: 'named', worker: REPORT, options: { name: 'a name', credentials: 'include' }, hooked: true },
  { name: 'hashbang', worker: `#!/usr/bin/env node\n'use strict';${REPORT}`, hooked: true },
  { name: 'not ASCII', worker: `${REPORT}postMessage('ü → 𝒳')`, hooked: true },
  {
    name: 'long',
    worker: `'use strict';\n${REPORT}\n${`// ${'ü'.repeat(97)}\n`.repeat(5_000)}\npostMessage('end');`,
    hooked: true,
  },
  { name: 'byte order mark', worker: `\ufeff'use strict';${REPORT}`, hooked: false },
  { name: 'operand', worker: `'use strict' + 1;${REPORT}`, hooked: false },
  { name: 'HTML comment', worker: `<!-- a comment\n${REPORT}`, hooked: false },
  { name: 'shadowing', worker: 'class WebSocket {}\nfunction Blob() {}\npostMessage([WebSocket.name])' },
  { name: 'shadowed later', worker: 'let MessageEvent = 1;\npostMessage(MessageEvent);', hooked: false },
  { name: 'throwing', worker: THROWING },
  { name: 'throwing strict', worker: `'use strict'\n${THROWING}` },
  { name: 'syntax', worker: 'postMessage(1);\n\nlet a = ;' },
  {
    name: 'rejecting',
    worker: `onunhandledrejection = ({ reason }) => postMessage(String(reason)); Promise.reject(new Error('no'));`,
    hooked: true,
  },
  { name: 'closing', worker: `${REPORT};close();`, hooked: true },
  {
    name: 'importing',
    worker: `${REPORT}try { importScripts('a.js') } catch (error) { postMessage([error.name, error.message]) }
      importScripts(origin + '/a.js');`,
    hooked: true,
  },
  {
    name: 'import missing',
    worker: `try { importScripts(origin + '/none.js') } catch (error) { postMessage([error.name, error.message]) }`,
    hooked: true,
  },
  {
    name: 'fetching',
    worker: `fetch(origin + '/data.json').then((response) => response.json()).then((json) => postMessage(['fetched', json]));
      fetch(origin + '/none.json').then(({ status, url }) => postMessage(['fetched', status, url]));`,
    hooked: true,
  },
  {
    name: 'module',
    worker: `${REPORT}postMessage(['meta', import.meta.url]);
      import('./c.js').catch((error) => postMessage(['not fetched', String(error)]));
      import(origin + '/c.js').then((module) => postMessage(['fetched', Object.keys(module)]));`,
    options: { type: 'module' },
    hooked: true,
  },
  {
    name: 'module awaiting',
    worker: `postMessage(await import(origin + '/c.js').then(({ c }) => c));`,
    options: { type: 'module' },
    hooked: true,
  },
  { name: 'module throwing', worker: THROWING, options: { type: 'module' } },
  { name: 'module syntax', worker: '\nexport { none };', options: { type: 'module' } },
  { name: 'module missing', worker: `import './none.js';`, options: { type: 'module' } },
  {
    name: 'module of no type',
    page: `watch(new Worker(blob(source, ''), { type: 'module' }))`,
    worker: REPORT,
  },
  {
    name: 'nested',
    worker: `const inner = new Worker(origin + '/in.js', { name: 'inner' });
      inner.onmessage = ({ data }) => postMessage(['inner', data]); onmessage = ({ data }) => inner.postMessage(data);`,
    hooked: true,
  },
  {
    name: 'nested in itself',
    worker: `if (name === 'inner') postMessage(['inner', origin]);
      else new Worker(location.href, { name: 'inner' }).onmessage = ({ data }) => postMessage(data);`,
    page: 'start(blob(source))', // the URL has to stay
    hooked: true,
  },
  { name: 'of no type', page: `start(blob(source, ''))`, worker: REPORT, hooked: true },
  { name: 'of another type', page: `start(blob(source, 'text/html'))`, worker: REPORT, hooked: true },
  {
    name: 'UTF-16',
    page: `start(URL.createObjectURL(new Blob([Uint16Array.from(source, (c) => c.charCodeAt(0))], { type: 'text/javascript;charset=utf-16' })))`,
    worker: REPORT,
  },
  { name: 'empty', page: `start(blob('')); see('started')` },
  {
    name: 'revoked at once',
    page: 'const url = blob(source); start(url); URL.revokeObjectURL(url);',
    worker: REPORT,
    hooked: true,
  },
  {
    name: 'revoked before',
    page: 'const url = blob(source); URL.revokeObjectURL(url); start(url);',
    worker: REPORT,
  },
  {
    name: 'revoked by another realm',
    page: 'const url = blob(source); parent.URL.revokeObjectURL(url); start(url);',
    worker: REPORT,
  },
  {
    name: 'revoked as an object, converted once',
    page: `const url = blob(source); let asked = 0;
      URL.revokeObjectURL({ toString() { asked++; return url; } }); see('asked', asked); start(url);`,
    worker: REPORT,
  },
  {
    name: 'twice',
    page: 'const url = blob(source); start(url); start(url);',
    worker: `postMessage('one of two')`,
    hooked: true,
  },
  { name: 'with a fragment', page: `start(blob(source) + '#a')`, worker: REPORT, hooked: false },
  { name: 'URL object', page: 'start(new URL(blob(source)))', worker: REPORT, hooked: false },
  {
    name: 'data URL',
    page: `start('data:text/javascript,' + encodeURIComponent(source))`,
    worker: REPORT,
    hooked: false,
  },
  {
    name: 'File',
    page: `start(URL.createObjectURL(new File([source], 'w.js')))`,
    worker: REPORT,
    hooked: true,
  },
  {
    name: 'of another realm',
    page: 'start(parent.URL.createObjectURL(new parent.Blob([source])))',
    worker: REPORT,
    hooked: false,
  },
  {
    name: 'subclass',
    page: `class Own extends Worker { own = 1; } const own = new Own(blob(source)); see(own.own, own instanceof Own); watch(own);`,
    worker: REPORT,
    hooked: true,
  },
  { name: 'terminated at once', page: `start(blob(source)).terminate(); see('terminated')`, worker: REPORT },
  {
    name: 'terminated when asked',
    page: `const worker = start(blob(source)); worker.addEventListener('message', () => worker.terminate());`,
    worker: `postMessage('first'); setInterval(() => postMessage('late'), 200);`,
  },
  {
    name: 'options that throw',
    page: THROWS(`new Worker(blob(source), { get type() { throw { name: 'own', stack: '' }; } })`),
    worker: '',
  },
  { name: 'no URL', page: THROWS('new Worker()') },
  { name: 'a symbol', page: THROWS('new Worker(Symbol())') + THROWS('URL.revokeObjectURL(Symbol())') },
  { name: 'not a blob', page: THROWS(`URL.createObjectURL('x')`) + THROWS('URL.createObjectURL()') },
  { name: 'no constructor', page: THROWS('Worker(blob(source))'), worker: '' },
  {
    name: 'shape',
    page: `see(Worker.name, Worker.length, Worker.prototype.constructor === Worker, Object.getOwnPropertyNames(Worker).join(),
      Object.getOwnPropertyNames(URL).join(), webkitURL === URL,
      [[window, 'Worker'], [URL, 'createObjectURL'], [URL, 'revokeObjectURL'], [Worker.prototype, 'constructor']].map(([owner, key]) => {
        const { value, ...rest } = Object.getOwnPropertyDescriptor(owner, key);
        return JSON.stringify([value.name, value.length, rest]);
      }), performance.getEntriesByType('resource').length)`,
  },
  {
    name: 'policy: no connection',
    worker: REPORT,
    headers: { 'content-security-policy': "connect-src 'none'" },
    hooked: true,
  },
  {
    name: 'policy: no eval',
    worker: `try { eval('1') } catch (error) { postMessage(String(error)) }`,
    headers: { 'content-security-policy': CSP },
    hooked: true,
  },
  {
    name: 'policy: no worker',
    page: `${THROWS('start(blob(source))')}`,
    worker: REPORT,
    headers: { 'content-security-policy': `${CSP} worker-src 'self'` },
  },
  {
    name: 'policy: trusted types',
    page: THROWS('start(blob(source))'),
    worker: REPORT,
    headers: { 'content-security-policy': "require-trusted-types-for 'script'" },
  },
  {
    name: 'policy: a default for trusted types',
    page: `trustedTypes.createPolicy('default', { createScriptURL: (url) => (see('asked', url.slice(0, 5)), url) }); start(blob(source));`,
    worker: REPORT,
    headers: { 'content-security-policy': "require-trusted-types-for 'script'" },
    hooked: false,
  },
  {
    name: 'policy: a trusted URL',
    page: `start(trustedTypes.createPolicy('own', { createScriptURL: (url) => url }).createScriptURL(blob(source)))`,
    worker: REPORT,
    hooked: false,
  },
  {
    name: 'policy: nothing synchronous',
    worker: REPORT,
    headers: { 'permissions-policy': 'sync-xhr=()' },
    hooked: false,
  },
  {
    name: 'policy: embedder',
    worker: REPORT,
    headers: { 'cross-origin-embedder-policy': 'require-corp' },
    hooked: true,
  },
  { name: 'sandboxed', worker: REPORT, sandbox: 'allow-scripts', hooked: false },
  { name: 'http', page: `start('/w.js')`, hooked: false },
  { name: 'http module', page: `watch(new Worker('/m.js', { type: 'module' }))`, hooked: false },
  { name: 'http missing', page: `start('/none.js')` },
  { name: 'http syntax', page: `start('/syntax.js')` },
];

const SCRIPT = { 'content-type': 'text/javascript' };

/** Page of a case: what it and its worker see is told to the page that it is a frame of. */
const frameHtml = ({
  name,
  worker = '',
  options,
  page,
}: Case) => `<!doctype html><meta charset="utf-8"><script>
  const source = ${JSON.stringify(`${worker}\n${QUESTION}`).replaceAll('<', '\\u003c')};
  const see = (...seen) => parent.postMessage({ name: ${JSON.stringify(name)}, seen }, '*');
  const blob = (text, type = 'text/javascript') => URL.createObjectURL(new Blob([text], { type }));
  const watch = (worker) => {
    worker.onmessage = ({ data }) => see('message', data);
    worker.onerror = (event) => {
      event.preventDefault();
      const { type, message, filename, lineno, colno, cancelable } = event;
      see(type, message, filename, lineno, lineno > 1 ? colno : 'any', String(event), cancelable);
    };
    worker.postMessage('early');
    return worker;
  };
  const start = (url) => watch(new Worker(url, ${JSON.stringify(options)}));
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => see('violation', violatedDirective, blockedURI));
  ${page ?? 'start(blob(source))'}
</script>`;

const TOP = `<!doctype html><script>
  window.seen = {};
  onmessage = ({ data: { name, seen } }) => {
    const own = (window.seen[name] ??= { events: [], answers: [], hooked: [] });
    const text = JSON.stringify(seen);
    if (/"hooked"/.test(text)) own.hooked.push(seen[1][1]);
    else (/fetched/.test(text) ? own.answers : own.events).push(seen);
  };
</script>`;

interface SeenHere extends Seen {
  readonly hooked: readonly boolean[];
}

async function seenOf(page: InspectedPage, name: string): Promise<SeenHere | undefined> {
  return page.evaluate((key: string) => (window as unknown as SeenWindow).seen[key] as SeenHere, name);
}

/** What may differ between two runs in any case. */
function comparable(seen: SeenHere | undefined): string {
  const { events = [], answers = [] } = seen ?? {};
  return JSON.stringify([events, answers.map((answer) => JSON.stringify(answer)).sort()])
    .replaceAll('localhost', '127.0.0.1')
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'uuid');
}

describe('on a site whose workers are captured', () => {
  const stage = useStage('chromium', { html: TOP, prepare: withPermissions });
  let native: InspectedPage;

  beforeAll(async () => {
    const { browser, page, server } = stage;
    serveFiles(stage);
    await switchOn(stage);
    native = await browser.open(`${server.otherOrigin}/`);
    for (const each of [native, page]) {
      await each.evaluate(
        (cases: readonly (readonly [string, string | null])[]) => {
          for (const [url, sandbox] of cases) {
            const frame = document.createElement('iframe');
            if (sandbox !== null) frame.sandbox.value = sandbox;
            frame.src = url;
            document.body.append(frame);
          }
        },
        CASES.map(({ sandbox }, index) => [`/case-${index}.html`, sandbox ?? null] as const),
      );
    }
  });

  async function expectTheSame(name: string): Promise<void> {
    await expect.poll(() => seenOf(native, name), { ...SOON, message: name }).toBeDefined();
    // Both, because neither may have seen all yet.
    await expect
      .poll(async () => [await seenOf(stage.page, name), await seenOf(native, name)].map(comparable), SOON)
      .toSatisfy(([here, there]) => here === there);
  }

  it.each(CASES)('is the same: $name', async ({ name, hooked }) => {
    await expectTheSame(name);
    if (hooked === undefined) return;
    await expect.poll(async () => (await seenOf(stage.page, name))?.hooked, SOON).toContain(hooked);
    expect((await seenOf(native, name))?.hooked).not.toContain(true);
  });

  it('nothing else has been seen since', async () => {
    for (const { name } of CASES) await expectTheSame(name);
  });
});

function serveFiles({ server }: Stage): void {
  for (const [index, one] of CASES.entries()) {
    server.serve(`/case-${index}.html`, frameHtml(one), { 'content-type': 'text/html', ...one.headers });
  }
  server.serve('/data.json', '{"data":1}', { 'content-type': 'application/json' });
  server.serve('/a.js', `postMessage(['a', typeof WebSocket]);`, SCRIPT);
  server.serve('/c.js', 'export const c = 1', { ...SCRIPT, 'access-control-allow-origin': '*' });
  server.serve('/in.js', REPORT, SCRIPT);
  server.serve('/w.js', REPORT + QUESTION, SCRIPT);
  server.serve(
    '/m.js',
    `import { c } from './c.js';postMessage([c, import.meta.url]);${REPORT}${QUESTION}`,
    SCRIPT,
  );
  server.serve('/syntax.js', 'let a = ;', SCRIPT);
}
