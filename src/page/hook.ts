/**
 * Entry of the script that runs in every page before the page's own. It exports nothing: an export would become a global of
 * the page.
 */
import type { PageMessage, PanelMessage } from '../protocol/messages.ts';
import { HANDOVER_EVENT } from '../protocol/version.ts';
import { Commands } from './commands.ts';
import { watchFrames } from './frames.ts';
import {
  addListener,
  bare,
  dispatch,
  NativeMessageChannel,
  NativeMessageEvent,
  post,
  readData,
  startPort,
} from './natives.ts';
import { obey } from './obey.ts';
import { Observer } from './observe.ts';
import { Outbox } from './outbox.ts';
import { patchWebSocket } from './patch.ts';
import { patchWebSocketStream } from './stream.ts';
import { Taps } from './taps.ts';

function start(): void {
  const { port1, port2 } = new NativeMessageChannel();
  const taps = new Taps();
  const outbox = new Outbox(taps, (message) => tryPost(port1, message));
  const observer = new Observer(taps, outbox);
  const commands = new Commands(taps, observer);
  patchWebSocket(observer);
  patchWebSocketStream(observer);
  watchFrames(document, observer);
  addListener(port1, 'message', (event) => obey(readData(event) as PanelMessage, outbox, commands));
  startPort(port1);
  dispatch(document, new NativeMessageEvent(HANDOVER_EVENT, bare({ ports: [port2] })));
}

/** Short of memory a message cannot be cloned; the hole it leaves shows in the sequence numbers, and the page goes on. */
function tryPost(port: MessagePort, message: PageMessage): void {
  try {
    post(port, message);
  } catch {
    // nothing that the page should hear of
  }
}

start();
