import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Runtime } from 'webextension-polyfill';
import type { PanelMessage } from '../../../src/protocol/messages.ts';
import { portOpening } from '../../../src/protocol/wire.ts';

const sendMessage = vi.fn(async () => undefined);
vi.stubGlobal('browser', {
  runtime: { sendMessage, getURL: () => 'chrome-extension://framescope/' },
});
const { Endpoint } = await import('../../../src/content/endpoint.ts');

afterEach(() => vi.clearAllMocks());

/** An endpoint with a panel, and what the page and the panel get of it. */
function connected() {
  const toPage: PanelMessage[] = [];
  const toPanel: unknown[] = [];
  const endpoint = new Endpoint((message) => toPage.push(message));
  const listeners: ((message: unknown) => void)[] = [];
  let throws: (message: unknown) => boolean = () => false;
  const port = {
    onMessage: { addListener: (listener: (message: unknown) => void) => listeners.push(listener) },
    onDisconnect: { addListener: () => {} },
    postMessage(message: unknown) {
      if (throws(message)) throw new Error('Extension context invalidated.');
      toPanel.push(message);
    },
  };
  endpoint.accept(port as unknown as Runtime.Port);
  for (const listener of listeners) listener(portOpening(endpoint.name));
  toPanel.length = 0;
  const refuse = (which: (message: unknown) => boolean) => {
    throws = which;
  };
  return { endpoint, toPage, toPanel, refuse };
}

const RESULT = { type: 'result', id: 1, refusal: undefined } as const;

test('a message that the port does not take is reported to the panel', () => {
  const { endpoint, toPage, toPanel, refuse } = connected();
  refuse((message) => message === RESULT);
  endpoint.toPanel(RESULT);
  expect(toPanel).toMatchObject([
    { type: 'undeliverable', message: 'Error: Extension context invalidated.' },
  ]);
  expect(toPage).toEqual([]);
});

test('a port that takes nothing any more is given up without an error, and the page is told so once', () => {
  const { endpoint, toPage, toPanel, refuse } = connected();
  refuse(() => true);
  endpoint.toPanel(RESULT);
  endpoint.toPanel(RESULT);
  expect(toPanel).toEqual([]);
  expect(toPage).toEqual([{ type: 'detach' }]);
});

const batch = (bytes: number) =>
  ({
    type: 'batch',
    credit: { messages: 1, bytes },
    sockets: [],
    counts: [],
    frames: { bytes: new Uint8Array([1]) },
    observed: 1,
  }) as never;

test('while the document is left, batches go by themselves too: Chrome may have disconnected the port', () => {
  const { endpoint, toPage, toPanel } = connected();
  endpoint.toPanel(batch(1));
  expect(sendMessage).not.toHaveBeenCalled();
  endpoint.isLeaving = true;
  endpoint.toPanel(RESULT);
  endpoint.toPanel(batch(1));
  expect(sendMessage).toHaveBeenCalledTimes(1);
  expect(sendMessage).toHaveBeenCalledWith(
    expect.objectContaining({ type: 'framescope-last-words', document: endpoint.name }),
  );
  expect(toPanel).toMatchObject([{ type: 'batch' }, { type: 'result' }, { type: 'batch' }]);
  expect(toPage).toEqual([]);
});

describe('without a panel', () => {
  test('messages go nowhere', () => {
    new Endpoint(() => {}).toPanel(batch(1));
    expect(sendMessage).not.toHaveBeenCalled();
  });

  test('they go by themselves while the document is left, as JSON can carry them, and the page is let go', () => {
    const toPage: PanelMessage[] = [];
    const endpoint = new Endpoint((message) => toPage.push(message));
    endpoint.isLeaving = true;
    endpoint.toPanel(batch(1));
    const message = { type: 'batch', frames: { bytes: { $array: 'Uint8Array', base64: 'AQ==' } } };
    expect(sendMessage).toHaveBeenCalledWith(
      expect.objectContaining({
        type: 'framescope-last-words',
        document: endpoint.name,
        message: expect.objectContaining(message),
      }),
    );
    expect(toPage).toEqual([{ type: 'detach' }]);
  });

  test('nothing goes to nobody: where no panel has heard of the document, until one has', async () => {
    const toPage: PanelMessage[] = [];
    const endpoint = new Endpoint((message) => toPage.push(message));
    sendMessage.mockRejectedValueOnce(
      new Error('Could not establish connection. Receiving end does not exist.'),
    );
    endpoint.announce({ shownAt: 1 });
    await vi.waitFor(() => expect(sendMessage.mock.settledResults).toMatchObject([{ type: 'rejected' }]));
    endpoint.isLeaving = true;
    endpoint.toPanel(batch(1));
    expect(sendMessage).toHaveBeenCalledTimes(1);
    expect(toPage).toEqual([{ type: 'detach' }]);
    endpoint.announce({ shownAt: 1 }); // because a panel has called the roll
    endpoint.toPanel(batch(1));
    expect(sendMessage).toHaveBeenLastCalledWith(expect.objectContaining({ type: 'framescope-last-words' }));
  });

  test('the beginning of a session is nothing that is worth handing over', () => {
    const endpoint = new Endpoint(() => {});
    endpoint.isLeaving = true;
    endpoint.toPanel({ type: 'hello', session: '', version: 1 });
    expect(sendMessage).not.toHaveBeenCalled();
  });

  test('of much it is only told that there was so much', () => {
    const endpoint = new Endpoint(() => {});
    endpoint.isLeaving = true;
    endpoint.toPanel(batch(1e6));
    const words = expect.objectContaining({ observed: 1, frames: undefined });
    expect(sendMessage).toHaveBeenCalledWith(expect.objectContaining({ message: words }));
  });
});
