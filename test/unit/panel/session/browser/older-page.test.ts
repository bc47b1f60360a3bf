// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import { remember } from '../../../../../src/panel/platform/remembered.ts';
import { captureOlderPage } from '../../../../../src/panel/session/browser/older-page.ts';

interface Script {
  readonly target: { readonly allFrames?: boolean; readonly documentIds?: readonly string[] };
  readonly files?: readonly string[];
  readonly world?: string;
  readonly injectImmediately: boolean;
}

/** The browser, as far as it goes: what a person grants, what was asked for and given back, what was run where. */
const browser = vi.hoisted(() => ({
  agrees: true,
  documents: [] as string[],
  hooked: [] as boolean[],
  asked: [] as object[],
  removed: [] as object[],
  run: [] as string[],
  permissions: {
    async request(wanted: object) {
      browser.asked.push(wanted);
      return browser.agrees;
    },
    async remove(wanted: object) {
      browser.removed.push(wanted);
      return true;
    },
  },
  scripting: {
    async executeScript({ target, files, world = 'ISOLATED', injectImmediately }: Script) {
      const where = target.allFrames ? 'all' : target.documentIds?.join(' ');
      if (where === 'gone') throw new Error('No document with id gone');
      if (files) browser.run.push(`${where} ${world} ${files.join(' ')} ${injectImmediately}`);
      return browser.hooked.map((result, frameId) => ({
        frameId,
        documentId: frameId ? 'gone' : 'top',
        result,
      }));
    },
  },
  runtime: {
    getManifest: () => ({
      content_scripts: [{ js: ['relay.js'] }, { js: ['stream-hook.js', 'hook.js'], world: 'MAIN' }],
    }),
  },
  devtools: {
    inspectedWindow: {
      getResources: (callback: (resources: object[]) => void) =>
        callback([
          ...browser.documents.map((url) => ({ url, type: 'document' })),
          { url: 'https://cdn.test/script.js', type: 'script' },
        ]),
    },
  },
}));

vi.mock('webextension-polyfill', () => ({ default: browser }));

const PAGE = [
  'https://example.test/page',
  'https://example.test/frame',
  'http://other.test:8080/',
  'about:srcdoc',
];

beforeEach(() => {
  localStorage.clear();
  Object.assign(browser, { agrees: true, documents: PAGE, hooked: [false], asked: [], removed: [], run: [] });
});

test('requests only the origins of the documents, and returns what was granted', async () => {
  expect(await captureOlderPage(7)).toBe('captured');
  const origins = ['https://example.test:443/*', 'http://other.test:8080/*'];
  expect(browser.asked).toEqual([{ permissions: ['scripting'], origins }]);
  expect(browser.removed).toEqual([{ origins }, { permissions: ['scripting'] }]);
});

test('keeps the permission of sites whose workers are captured', async () => {
  remember('worker-sites', ['https://example.test']);
  await captureOlderPage(7);
  expect(browser.removed).toEqual([{ origins: ['http://other.test:8080/*'] }]);
});

test('injects the relay everywhere, and the hook (streams first) where there is none', async () => {
  browser.hooked = [false, true];
  await captureOlderPage(7);
  expect(browser.run).toEqual(['all ISOLATED relay.js true', 'top MAIN stream-hook.js hook.js true']);
});

test('ignores a frame that has gone in the meantime', async () => {
  browser.hooked = [false, false];
  expect(await captureOlderPage(7)).toBe('captured');
  expect(browser.run).toHaveLength(2);
});

test('does nothing if it is refused', async () => {
  browser.agrees = false;
  expect(await captureOlderPage(7)).toBe('refused');
  expect(browser.run).toEqual([]);
});

test('requests nothing for a page that extensions may not access', async () => {
  browser.documents = ['chrome://version/'];
  expect(await captureOlderPage(7)).toBe('impossible');
  expect(browser.asked).toEqual([]);
});
