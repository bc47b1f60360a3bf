import { afterEach, expect, test, vi } from 'vitest';
import { HANDOVER_EVENT } from '../../../src/protocol/version.ts';
import { Page } from '../helpers/page.ts';

const { toolsOf } = await import('../../../src/page/streams/tools.ts');

/** The entry of the script for WebSocketStreams on a document without a browser. */
class Stage {
  readonly document = Object.assign(new EventTarget(), { readyState: 'loading' });
  readonly NativeStream = class WebSocketStream {};
  readonly page = new Page();

  constructor() {
    vi.resetModules();
    vi.stubGlobal('document', this.document);
    vi.stubGlobal('WebSocketStream', this.NativeStream);
  }

  async run(): Promise<void> {
    await import('../../../src/page/stream-hook.ts');
  }

  handOver(data: unknown = toolsOf(this.page.observer)): void {
    this.document.dispatchEvent(new MessageEvent(HANDOVER_EVENT, { data }));
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
  stage.handOver();
  expect(stage.isPatched).toBe(true);
});

test('listens once, so that a page cannot make up a second hook', async () => {
  const stage = new Stage();
  await stage.run();
  stage.handOver(null);
  stage.handOver();
  expect(stage.isPatched).toBe(false);
});

test('listens for nothing in a browser without WebSocketStreams', async () => {
  const stage = new Stage();
  vi.stubGlobal('WebSocketStream', undefined);
  const listen = vi.spyOn(EventTarget.prototype, 'addEventListener');
  await stage.run();
  expect(listen).not.toHaveBeenCalled();
  listen.mockRestore();
});
