import { afterEach, expect, test, vi } from 'vitest';
import { Page } from '../helpers/page.ts';

const { takeJoin } = await import('../../../src/page/streams/join.ts');
const { toolsOf } = await import('../../../src/page/streams/tools.ts');

/** The entry of the script for WebSocketStreams without a browser. */
class Stage {
  readonly NativeStream = class WebSocketStream {};
  readonly page = new Page();

  constructor() {
    vi.resetModules();
    vi.stubGlobal('WebSocketStream', this.NativeStream);
  }

  async run(): Promise<void> {
    await import('../../../src/page/stream-hook.ts');
  }

  /** As the hook does when it starts. */
  lendTools(): void {
    takeJoin()?.(toolsOf(this.page.observer));
  }

  get isPatched(): boolean {
    return (globalThis as { WebSocketStream?: unknown }).WebSocketStream !== this.NativeStream;
  }
}

afterEach(() => vi.unstubAllGlobals());

test('joins the hook when that starts', async () => {
  const stage = new Stage();
  await stage.run();
  expect(stage.isPatched).toBe(false);
  stage.lendTools();
  expect(stage.isPatched).toBe(true);
});

test('leaves nothing that a page could find, whether or not the hook starts', async () => {
  const stage = new Stage();
  const before = Reflect.ownKeys(globalThis);
  await stage.run();
  expect(Reflect.ownKeys(globalThis)).not.toEqual(before);
  takeJoin();
  expect(Reflect.ownKeys(globalThis)).toEqual(before);
  expect(takeJoin()).toBeUndefined();
});

test('leaves nothing for the hook in a browser without WebSocketStreams', async () => {
  const stage = new Stage();
  vi.stubGlobal('WebSocketStream', undefined);
  await stage.run();
  expect(takeJoin()).toBeUndefined();
});
