/** Traces of the hook's work in what it shares with the page, which no test of a single module would look for. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Action, PanelMessage } from '../../../src/protocol/messages.ts';
import type { HeirNotice } from '../../../src/protocol/older-pages.ts';
import { blobOf, finishReadings, newSocket, type Page, patchedPage } from '../helpers/page.ts';
import { touchedIn } from '../helpers/touched.ts';

const { leaveHeirs } = await import('../../../src/page/commands/heirs.ts');
const { obey } = await import('../../../src/page/commands/obey.ts');

/** As it comes over a port that carries JSON: what is undefined is not there. */
function tell(page: Page, message: PanelMessage): void {
  obey(JSON.parse(JSON.stringify(message)) as PanelMessage, page.observer);
}

test('nothing is looked up or set on Object.prototype', async () => {
  const page = patchedPage();
  const touched = await touchedIn(() => {
    const socket = newSocket();
    const id = 1;
    tell(page, { type: 'attach', session: 's', version: 1, from: 1, stacks: true, withheld: 0 });
    socket.serverOpens();
    socket.send('text');
    socket.send(Uint8Array.of(1));
    socket.send(blobOf(new Uint8Array(3)));
    finishReadings();
    socket.serverSends('answer');
    tell(page, { type: 'ack', seq: 5, messages: 9, bytes: 9 });
    tell(page, { type: 'stacks', stacks: true });
    tell(page, { type: 'poll' });
    const payload = { type: 'text', text: 'of the panel' } as const;
    const actions: Action[] = [
      { type: 'send', socket: id, payload, marks: 0 },
      { type: 'inject', socket: id, payload, origin: '', marks: 0 },
      { type: 'close', socket: id, code: undefined, reason: undefined },
      { type: 'close', socket: 2, code: undefined, reason: undefined },
    ];
    actions.forEach((action, index) => {
      tell(page, { type: 'command', id: index, action });
    });
    socket.serverFails();
    socket.serverCloses(1000);
    page.outbox.leave();
    tell(page, { type: 'detach' });
  });
  expect(touched).toEqual([]);
});

describe('a hook that hands over its port to an heir', () => {
  let own: MessagePort;
  let port: MessagePort;
  let handed: number;
  const hear = (data: HeirNotice | PanelMessage) => own.dispatchEvent(new MessageEvent('message', { data }));

  beforeEach(() => {
    ({ port1: own, port2: port } = new MessageChannel());
    vi.stubGlobal('document', new EventTarget());
    handed = 0;
    document.addEventListener('name', () => handed++);
    leaveHeirs(own, port);
  });

  afterEach(() => {
    own.close();
    vi.unstubAllGlobals();
  });

  test('looks up nothing on Object.prototype', async () => {
    const touched = await touchedIn(() => {
      hear({ type: 'poll' });
      hear({ type: 'heir', name: 'name' });
      document.dispatchEvent(new Event('name'));
    });
    expect(handed).toBe(2);
    expect(touched).toEqual([]);
  });

  test('shows the port to nobody who has replaced how arrays are iterated', () => {
    const { [Symbol.iterator]: iterate } = Array.prototype;
    let isSeen = false;
    hear({ type: 'heir', name: 'name' });
    const event = new Event('name');
    Array.prototype[Symbol.iterator] = function iterateSeeing(this: unknown[]) {
      isSeen ||= this[0] === port;
      return iterate.call(this);
    };
    document.dispatchEvent(event);
    Array.prototype[Symbol.iterator] = iterate;
    expect(handed).toBe(2);
    expect(isSeen).toBe(false);
  });
});
