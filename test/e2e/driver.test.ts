import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DevtoolsBrowser, InspectedPage, Panel } from '../../scripts/devtools/driver.ts';
import { launchDevtools } from '../../scripts/devtools/launch.ts';

// The driver against an extension with nothing but a panel of known content, so that a failure is the driver's.

const PANEL = `<!doctype html><meta charset="utf-8"><title>Throwaway</title>
<style>body { font: 12px sans-serif } #far { margin-top: 2000px } [role=separator] { width: 9px; height: 60px; background: teal }</style>
<h1>Throwaway panel</h1>
<button id="press">Press me</button> <button>Twin</button> <button>Twin</button> <button disabled>Off</button>
<button hidden>Hidden</button>
<label>Name <input id="name"></label> <input type="search" aria-label="Filter things">
<select aria-label="Kind"><option>text</option><option>binary</option></select>
<textarea aria-label="Message"></textarea>
<div role="textbox" aria-label="Editor" contenteditable style="min-height: 20px; white-space: pre-wrap"></div>
<ul role="listbox" aria-label="Things"><li role="option" aria-selected="true"><b>one</b><i> OPEN</i></li><li role="option">two CLOSED</li></ul>
<div role="separator" aria-label="Split"></div>
<p role="status" aria-label="Log"></p>
<button id="far">Far away</button>
<script src="panel.js"></script>`;

const PANEL_SCRIPT = `
const api = globalThis.browser ?? globalThis.chrome;
globalThis.tabId = api.devtools.inspectedWindow.tabId;
api.devtools.panels.setThemeChangeHandler?.(() => {}); // Chrome keeps themeName up to date for those who listen alone
globalThis.events = [];
const status = document.querySelector('[role=status]');
for (const type of ['click', 'dblclick', 'contextmenu', 'keydown', 'input', 'mousedown', 'mouseup', 'wheel']) {
  document.addEventListener(type, (event) => {
    const { isTrusted, key, ctrlKey, clientX, deltaY } = event;
    const target = event.target.getAttribute('aria-label') ?? event.target.textContent;
    globalThis.events.push({ type, isTrusted, target, key, ctrlKey, clientX, deltaY });
    if (type === 'click') status.textContent = 'clicked ' + target;
  });
}
`;

/** One white pixel. */
const ICON = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=',
  'base64',
);

const FILES: Readonly<Record<string, string | Buffer>> = {
  'icon.png': ICON,
  'manifest.json': JSON.stringify({
    manifest_version: 3,
    name: 'Throwaway',
    version: '1.0',
    icons: { 16: 'icon.png' },
    devtools_page: 'src/devtools/devtools.html',
    host_permissions: ['<all_urls>'],
    browser_specific_settings: { gecko: { id: 'throwaway@framescope.dev' } },
  }),
  'src/devtools/devtools.html': '<!doctype html><meta charset="utf-8"><script src="devtools.js"></script>',
  'src/devtools/devtools.js':
    "(globalThis.browser ?? chrome).devtools.panels.create('Throwaway', '', '/src/panel/panel.html');",
  'src/panel/panel.html': PANEL,
  'src/panel/panel.js': PANEL_SCRIPT,
};

interface Logged {
  readonly type: string;
  readonly isTrusted: boolean;
  readonly target: string;
  readonly key?: string;
  readonly ctrlKey?: boolean;
  readonly clientX?: number;
  readonly deltaY?: number;
}

let directory: string;
let server: Server;
let origin: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'framescope-throwaway-'));
  for (const [name, text] of Object.entries(FILES)) {
    const file = path.join(directory, 'extension', name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>${request.url}</title><script>globalThis.answer = 42</script>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await rm(directory, { recursive: true, force: true });
});

describe.each(['chromium', 'firefox'] as const)('the DevTools driver in %s', (name) => {
  let browser: DevtoolsBrowser;
  let page: InspectedPage;
  let panel: Panel;
  const events = (type: string) =>
    panel.evaluate(
      (wanted: string) =>
        (globalThis as unknown as { events: Logged[] }).events.filter((event) => event.type === wanted),
      type,
    );
  const status = async () => (await panel.element('status', 'Log')).text;

  beforeAll(async () => {
    browser = await launchDevtools(name, { extension: path.join(directory, 'extension'), pixelRatio: 2 });
    page = await browser.open(`${origin}/first`);
    panel = await page.openPanel();
  });

  afterAll(() => browser?.close());

  it('says what it drives', () => {
    expect(browser.name).toBe(name);
    expect(browser.version).toMatch(/\d+/);
  });

  it('evaluates in the main world of the page', async () => {
    expect(await page.evaluate(() => (globalThis as unknown as { answer: number }).answer)).toBe(42);
    expect(await page.evaluate(async (a: number, b: string) => `${b}${a}`, 1, 'ü"\\')).toBe('ü"\\1');
    expect(await page.evaluate(() => undefined)).toBeUndefined();
  });

  it('navigates, reloads and goes back and forward', async () => {
    await page.navigate(`${origin}/second`);
    expect(await page.evaluate(() => document.title)).toBe('/second');
    await page.evaluate(() => void Object.assign(globalThis, { kept: true }));
    await page.reload();
    expect(await page.evaluate(() => 'kept' in globalThis)).toBe(false);
    await page.back();
    expect(await page.evaluate(() => document.title)).toBe('/first');
    await page.forward();
    expect(await page.evaluate(() => document.title)).toBe('/second');
    await page.back();
  });

  it('evaluates in the global of the panel and keeps what it sets there', async () => {
    expect(await panel.evaluate(() => location.pathname)).toBe('/src/panel/panel.html');
    await panel.evaluate(() => void Object.assign(globalThis, { mine: [1, { two: 2 }] }));
    expect(await panel.evaluate(() => (globalThis as unknown as { mine: unknown }).mine)).toEqual([
      1,
      { two: 2 },
    ]);
    expect(await panel.text()).toContain('Throwaway panel');
  });

  it('throws what an evaluated function throws, with its message and stack', async () => {
    function explode(): never {
      throw new RangeError('no such frame');
    }
    const fromPanel = await panel.evaluate(explode).catch((error: unknown) => error);
    expect(String(fromPanel)).toContain('RangeError: no such frame');
    expect((fromPanel as Error).stack).toContain('explode');
    await expect(page.evaluate(() => Promise.reject(new Error('later')))).rejects.toThrow('Error: later');
    await expect(panel.waitFor(explode)).rejects.toThrow('no such frame');
  });

  it('waits for a condition', async () => {
    await panel.evaluate(() => {
      setTimeout(() => Object.assign(globalThis, { ready: 'yes' }), 200);
    });
    expect(await panel.waitFor(() => (globalThis as unknown as { ready?: string }).ready)).toBe('yes');
    await panel.waitForText('two CLOSED');
  });

  it('lists elements by role with their names, texts and states', async () => {
    const things = await panel.elements('option', { contains: 'O' });
    expect(things.map((thing) => [thing.name, thing.states])).toEqual([
      ['one OPEN', { selected: 'true' }],
      ['two CLOSED', {}],
    ]);
    expect(await panel.elements('button', 'Hidden')).toEqual([]);
    expect(await panel.element('button', 'Off')).toMatchObject({ disabled: true });
    expect((await panel.element('heading')).name).toBe('Throwaway panel');
  });

  it('clicks, also what must be scrolled to first', async () => {
    await panel.click('button', 'Far away');
    await expect.poll(status).toBe('clicked Far away');
    await panel.click('button', 'Press me');
    await expect.poll(status).toBe('clicked Press me');
    await panel.click('button', 'Twin', { nth: -1, count: 2 });
    await expect.poll(() => events('dblclick')).toMatchObject([{ target: 'Twin', isTrusted: true }]);
    await panel.click('option', { contains: 'two' }, { modifiers: ['Control'] });
    await expect
      .poll(async () => (await events('click')).at(-1))
      .toMatchObject({ target: 'two CLOSED', ctrlKey: true });
    expect((await events('click')).every((event) => event.isTrusted)).toBe(true);
  });

  it('opens context menus, drags and turns the wheel', async () => {
    await panel.click('button', 'Press me', { button: 'right' });
    await expect.poll(() => events('contextmenu')).toMatchObject([{ target: 'Press me', isTrusted: true }]);
    const downs = (await events('mousedown')).length;
    await panel.drag('separator', 'Split', { x: 60, y: 0 });
    await expect.poll(async () => (await events('mousedown')).length).toBe(downs + 1);
    const down = (await events('mousedown')).at(-1);
    await expect.poll(async () => (await events('mouseup')).at(-1)?.clientX).toBe((down?.clientX ?? 0) + 60);
    await panel.wheel('listbox', 'Things', 120);
    await expect.poll(async () => (await events('wheel')).length).toBeGreaterThan(0);
    expect((await events('wheel')).every((event) => event.isTrusted)).toBe(true);
  });

  it('fills fields of every kind', async () => {
    await panel.fill('textbox', 'Name', 'Ada');
    await panel.fill('searchbox', 'Filter things', 'x > 1');
    await panel.fill('textbox', 'Message', 'two\nlines');
    await panel.fill('combobox', 'Kind', 'binary');
    await panel.fill('textbox', 'Editor', 'in an editable element');
    await panel.fill('textbox', 'Editor', 'replaced');
    const values = await panel.elements('textbox');
    expect(values.map((field) => field.value ?? field.text)).toEqual(['Ada', 'two\nlines', 'replaced']);
    expect(await panel.element('searchbox', 'Filter things')).toMatchObject({ value: 'x > 1' });
    expect(await panel.element('combobox', 'Kind')).toMatchObject({ value: 'binary' });
    expect((await events('input')).map((event) => event.target)).toContain('Message');
  });

  it('types and presses keys', async () => {
    await panel.fill('textbox', 'Message', '');
    await panel.focus('textbox', 'Message');
    await panel.type('{"é": "→", "😀": [1]}');
    const text = await panel.evaluate(() => document.querySelector('textarea')?.value);
    expect(text).toBe('{"é": "→", "😀": [1]}');
    await panel.focus('textbox', 'Message');
    await panel.press('Enter');
    await panel.press('Enter', ['Control']);
    const keys = (await events('keydown')).filter((event) => event.key === 'Enter');
    expect(keys).toMatchObject([
      { isTrusted: true, ctrlKey: false, target: 'Message' },
      { isTrusted: true, ctrlKey: true },
    ]);
    await panel.click('textbox', 'Message');
    await panel.press('Tab');
    expect(await panel.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Editor');
  });

  it('types hundreds of characters without losing any', async () => {
    const long = Array.from({ length: 60 }, (_, index) => `frame ${index} `).join('');
    await panel.fill('textbox', 'Message', '');
    await panel.focus('textbox', 'Message');
    await panel.type(long);
    expect(await panel.evaluate(() => document.querySelector('textarea')?.value)).toBe(long);
  });

  it('resizes and takes pictures', async () => {
    await panel.resize(900, 500);
    const file = path.join(directory, 'pictures', `${name}.png`);
    await panel.screenshot(file);
    expect(await pictureSize(file)).toEqual([1800, 1000]);
    await panel.screenshot(file, { area: 'devtools' });
    const [width, height] = await pictureSize(file);
    expect(width).toBeGreaterThanOrEqual(1800);
    expect(height).toBeGreaterThan(1000);
    await panel.resize(480, 700);
  });

  it('changes the theme', async () => {
    const themeName = () => {
      const { chrome, browser: api } = globalThis as unknown as Record<
        'chrome' | 'browser',
        Themed | undefined
      >;
      return (api ?? chrome)?.devtools.panels.themeName;
    };
    await panel.setTheme('dark');
    expect(await panel.evaluate(themeName)).toBe('dark');
    expect(await panel.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
    await panel.setTheme('light');
    expect(await panel.evaluate(themeName)).toBe(name === 'chromium' ? 'default' : 'light');
  });

  it('drives two tabs with a panel each, both visible, and closes all but one', async () => {
    const other = await browser.open(`${origin}/other`);
    const second = await other.openPanel();
    const painted = () => new Promise<string>((resolve) => requestAnimationFrame(() => resolve('painted')));
    expect(await Promise.all([panel, second, page, other].map((one) => one.evaluate(painted)))).toEqual(
      Array.from({ length: 4 }, () => 'painted'),
    );
    const tabIds = await Promise.all(
      [panel, second].map((one) => one.evaluate(() => (globalThis as unknown as { tabId: number }).tabId)),
    );
    expect(new Set(tabIds).size).toBe(2);
    await Promise.all([panel.fill('textbox', 'Name', ''), second.fill('textbox', 'Name', '')]);
    await second.click('textbox', 'Name');
    await second.type('second');
    await panel.click('textbox', 'Name');
    await panel.type('first');
    expect(await second.element('textbox', 'Name')).toMatchObject({ value: 'second' });
    expect(await panel.element('textbox', 'Name')).toMatchObject({ value: 'first' });
    const third = await browser.open(`${origin}/third`);
    await browser.closeOthers(page);
    for (const closed of [other, third]) await expect(closed.evaluate(() => 1)).rejects.toThrow();
    expect(await page.evaluate(() => document.title)).toBe('/first');
    expect(await panel.text()).toContain('Throwaway panel');
  });

  it('renews the panel: its document is another one, and nothing is stored any more', async () => {
    await panel.evaluate(async () => {
      Object.assign(globalThis, { kept: true });
      localStorage.setItem('kept', 'yes');
      sessionStorage.setItem('kept', 'yes');
      const request = indexedDB.open('kept');
      await new Promise((resolve) => request.addEventListener('success', resolve));
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle('folder', { create: true });
      await folder.getFileHandle('kept', { create: true });
    });
    await panel.fill('textbox', 'Name', 'old');
    await panel.renew();
    const left = await panel.evaluate(async () => {
      const files: string[] = [];
      for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
      const databases = await indexedDB.databases();
      return {
        files,
        databases,
        values: [localStorage.length, sessionStorage.length],
        isOld: 'kept' in globalThis,
      };
    });
    expect(left).toEqual({ files: [], databases: [], values: [0, 0], isOld: false });
    expect(await panel.element('textbox', 'Name')).toMatchObject({ value: '' });
    await panel.click('button', 'Press me');
    await expect.poll(status).toBe('clicked Press me');
  });

  it('closes DevTools and opens them again', async () => {
    await panel.close();
    expect(await page.evaluate(() => document.title)).toBe('/first');
    panel = await page.openPanel();
    expect(await panel.element('textbox', 'Name')).toMatchObject({ value: '' });
    await panel.click('button', 'Press me');
    await expect.poll(status).toBe('clicked Press me');
  });
});

interface Themed {
  readonly devtools: { readonly panels: { readonly themeName: string } };
}

/** Width and height in pixels, from the header of a PNG file. */
async function pictureSize(file: string): Promise<[number, number]> {
  const png = await readFile(file);
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}
