/**
 * Entry of the content script: carries messages between the page's MessagePort and the panel's runtime port and looks into
 * none of them.
 */
import type { Runtime } from 'webextension-polyfill';
import type { PageMessage, PanelMessage, RelayMessage } from '../protocol/messages.ts';
import { type Announcement, asRuntimeMessage, PORT_NAME } from '../protocol/runtime.ts';
import { HANDOVER_EVENT } from '../protocol/version.ts';
import {
  carriesBytes,
  decode,
  encode,
  isPortOpening,
  type PortOpening,
  portOpening,
} from '../protocol/wire.ts';

// The polyfill is too heavy for a script that runs in every page; what is used here is the same in all browsers.
const { runtime } = ((globalThis as Record<string, unknown>).browser ??
  (globalThis as Record<string, unknown>).chrome) as { runtime: Runtime.Static };

// Not randomUUID: pages over plain http have no such function.
const documentName = crypto.getRandomValues(new Uint32Array(4)).join('-');
let page: MessagePort | undefined;
let panel: Runtime.Port | undefined;
let encoded = false;

function toPage(message: PanelMessage): void {
  page?.postMessage(message);
}

function toPanel(message: PageMessage): void {
  if (!panel) return;
  try {
    panel.postMessage(encoded ? encode(message) : message);
  } catch (error) {
    const credit = 'credit' in message ? message.credit : undefined;
    const refusal: RelayMessage = { type: 'undeliverable', message: String(error), credit };
    panel.postMessage(refusal);
  }
}

function accept(port: Runtime.Port): void {
  if (port.name !== PORT_NAME) return;
  port.onMessage.addListener((message: unknown) => {
    if (isPortOpening(message)) open(port, message);
    else if (port === panel) toPage((encoded ? decode(message) : message) as PanelMessage);
  });
  port.onDisconnect.addListener(() => {
    if (port !== panel) return;
    panel = undefined;
    toPage({ type: 'detach' });
  });
}

/** Who looks for the document that was in this frame before is told which one is here now, and changes nothing. */
function open(port: Runtime.Port, opening: PortOpening): void {
  if (opening.document === documentName) {
    if (panel) dismiss(panel);
    panel = port;
    encoded = !carriesBytes(opening);
  }
  port.postMessage(portOpening(documentName));
}

/** In Firefox a page that comes back from the back/forward cache still holds a port whose other end is gone. */
function dismiss(port: Runtime.Port): void {
  const farewell: RelayMessage = { type: 'replaced' };
  try {
    port.postMessage(farewell);
    port.disconnect();
  } catch {
    // nobody is there to be told
  }
}

/** Nobody may be listening, and the extension may be gone: neither is of interest to the page. */
function announce(): void {
  const announcement: Announcement = { type: 'framescope-document', document: documentName };
  try {
    runtime.sendMessage(announcement).catch(() => undefined);
  } catch {
    // the extension was reloaded or removed
  }
}

document.addEventListener(
  HANDOVER_EVENT,
  (event) => {
    event.stopImmediatePropagation();
    page = (event as MessageEvent).ports[0];
    if (page) page.onmessage = ({ data }) => toPanel(data);
  },
  { once: true },
);
runtime.onConnect.addListener(accept);
runtime.onMessage.addListener((message: unknown) => {
  if (asRuntimeMessage(message)?.type === 'framescope-roll-call') announce();
  return undefined;
});
// A page restored from the back/forward cache has lost its ports.
addEventListener('pageshow', (event) => event.persisted && announce());
// A prerendered page has become the page of its tab, and its frame has another id from now on.
document.addEventListener('prerenderingchange', announce);
announce();
