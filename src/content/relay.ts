/**
 * Entry of the content script: carries messages between the page's MessagePort and the panel's runtime port and looks into
 * none of them.
 */
import { asRuntimeMessage, PORT_NAME } from '../protocol/runtime.ts';
import { HANDOVER_EVENT } from '../protocol/version.ts';
import { Endpoint, runtime } from './endpoint.ts';

let page: MessagePort | undefined;
/** A document without a hook, as Firefox's after a reload of the extension, has nothing to announce. */
const endpoint = new Endpoint((message) => page?.postMessage(message));

document.addEventListener(
  HANDOVER_EVENT,
  (event) => {
    event.stopImmediatePropagation();
    page = (event as MessageEvent).ports[0];
    if (!page) return;
    page.onmessage = ({ data }) => endpoint.toPanel(data);
    // Not in a later task, although that would cost the page 0.3 ms less: while its script is busy a frame in another process would be
    // first, and be taken for one of the page before.
    endpoint.announce();
  },
  { once: true },
);
runtime.onConnect.addListener((port) => {
  if (port.name === PORT_NAME) endpoint.accept(port);
});
runtime.onMessage.addListener((message: unknown) => {
  if (page && asRuntimeMessage(message)?.type === 'framescope-roll-call') endpoint.announce();
  return undefined;
});
// A page restored from the back/forward cache has lost its ports.
addEventListener('pageshow', (event) => page && event.persisted && endpoint.announce());
// A prerendered page has become the page of its tab, and its frame has another id from now on.
document.addEventListener('prerenderingchange', () => page && endpoint.announce());
