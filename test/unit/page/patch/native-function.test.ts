import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeSocket } from '../../helpers/browser-globals.ts';

const { send, close } = FakeSocket.prototype;

/** What the browser shows of a function of its own that is not a Proxy. */
function nameless(): () => void {
  return (() => undefined).bind(undefined);
}

beforeEach(() => {
  vi.resetModules();
  vi.stubGlobal('document', { readyState: 'complete' });
});

afterEach(() => {
  Object.assign(FakeSocket.prototype, { send, close });
  vi.unstubAllGlobals();
});

/** A hook comes to a page that has been there before. */
async function mayStart(changes: Partial<Pick<FakeSocket, 'send' | 'close'>>): Promise<boolean> {
  Object.assign(FakeSocket.prototype, changes);
  return (await import('../../../../src/page/patch/native-function.ts')).mayStart();
}

test('a hook starts in a page without one, even if the page has replaced send', async () => {
  expect(await mayStart({})).toBe(true);
  vi.resetModules();
  expect(await mayStart({ send: nameless() })).toBe(true);
  vi.resetModules();
  expect(await mayStart({ send: new Proxy(send, {}) })).toBe(true);
});

test('no hook starts beside another, even if the page has wrapped its send', async () => {
  expect(await mayStart({ send: new Proxy(send, {}), close: new Proxy(close, {}) })).toBe(false);
  vi.resetModules();
  expect(await mayStart({ send: () => undefined, close: new Proxy(close, {}) })).toBe(false);
});

test('functions of the browser are known without a trace in what RegExp remembers', async () => {
  const { native } = await import('../../../../src/page/patch/native-function.ts');
  const owner = {
    push: Array.prototype.push,
    proxy: new Proxy(Array.prototype.push, {}),
    bound: Object.defineProperty(nameless(), 'name', { value: 'bound' }),
    own() {},
    nothing: undefined,
  };
  /(b)/.exec('abc');
  const found = Object.keys(owner).filter((key) => native(owner, key) !== undefined);
  expect([RegExp.$1, RegExp.lastMatch]).toEqual(['b', 'b']);
  expect(found).toEqual(['push']);
});
