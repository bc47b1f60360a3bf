/**
 * Entry of the script that runs in every page before the page's own. It exports nothing: an export would become a global of
 * the page.
 */
import type { PageMessage, PanelMessage } from '../protocol/messages.ts';
import { HANDOVER_EVENT } from '../protocol/version.ts';
import { Observer } from './capture/observe.ts';
import { Outbox } from './capture/outbox.ts';
import { Taps } from './capture/taps.ts';
import { leaveHeirs } from './commands/heirs.ts';
import { obey } from './commands/obey.ts';
import { addListener, bare, dispatch, NativeMessageEvent, post, readData } from './natives/natives.ts';
import { watchIframes } from './patch/iframes.ts';
import { mayStart } from './patch/native-function.ts';
import { patchWebSocket } from './patch/patch.ts';
import { takeJoin } from './streams/join.ts';
import { toolsOf } from './streams/tools.ts';

/** The build says whether the hook is for Firefox. */
declare const FOR_FIREFOX: boolean;

function start(): void {
  const { port1, port2 } = new MessageChannel();
  const taps = new Taps();
  const tryPost = (message: PageMessage, isLeaving?: boolean) => {
    try {
      // What goes through a port is delivered later, and then this document may be gone. An event on the other end is heard at once.
      if (isLeaving) dispatch(port2, new NativeMessageEvent('message', bare({ data: message })));
      else post(port1, message);
    } catch {
      // Short of memory a message cannot be cloned; the hole it leaves shows in the sequence numbers, and the page goes on.
    }
  };
  const leave = (event: Event) => event.isTrusted && outbox.leave();
  const outbox = new Outbox(taps, tryPost, () => addListener(globalThis, 'pagehide', leave));
  const observer = new Observer(taps, outbox);
  patchWebSocket(observer);
  watchIframes(document, observer);
  port1.onmessage = (event) => obey(readData(event) as PanelMessage, observer);
  // Heard when the page's first script no longer waits: only then the content script goes on.
  post(port1, 0);
  if (FOR_FIREFOX) leaveHeirs(port1, port2);
  if (!FOR_FIREFOX) join?.(toolsOf(observer));
  // Not on `document`, which would first have to be made for the content script's world.
  dispatch(globalThis, new NativeMessageEvent(HANDOVER_EVENT, bare({ ports: [port2] })));
}

const join = FOR_FIREFOX ? undefined : takeJoin();
if (mayStart()) start();
