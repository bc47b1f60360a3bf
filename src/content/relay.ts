/**
 * Entry of the content script: relays messages between the page's MessagePort and the panel's runtime port without looking into
 * them.
 */
import { type HeirNotice, LATE_RELAY, type LateRelay, SUCCESSION_EVENT } from '../protocol/older-pages.ts';
import { asRuntimeMessage, PORT_NAME } from '../protocol/runtime.ts';
import { HANDOVER_EVENT } from '../protocol/version.ts';
import { Endpoint, IS_FIREFOX, OWN_ADDRESS, runtime } from './endpoint.ts';

let page: MessagePort | undefined;
/** A previous hook is being asked for its port. */
let isHeir = false;
/** A document without a hook has nothing to announce. */
const endpoint = new Endpoint((message) => page?.postMessage(message));

function takeOver(event: Event): void {
  const { ports: [port] = [], data } = event as Partial<MessageEvent<number | null>>;
  if (!port) return;
  event.stopImmediatePropagation();
  document.removeEventListener(HANDOVER_EVENT, takeOver);
  page = port;
  page.onmessage = (message) => endpoint.toPanel(message.data);
  if (isHeir) endpoint.since = data ?? undefined;
  // Not in a later task, although that would cost the page 0.3 ms less: while its script is busy, a frame in another process would
  // announce itself first and be taken for one of the previous page.
  endpoint.announce();
  if (document.readyState === 'complete') leaveHeritage();
}

/** When the extension is reloaded or updated (Chrome), this script and its hook live on, and the hook has no other contact. */
function handOn(event: Event): void {
  if (!page || runtime.id) return; // as long as it is not cut off, only the page could have asked
  event.stopImmediatePropagation();
  const heritage = page;
  page = undefined;
  heritage.onmessage = null;
  document.dispatchEvent(new MessageEvent(HANDOVER_EVENT, { ports: [heritage], data: endpoint.since }));
}

/** Connects to a previous hook, if there is one: its content script has the port, or (Firefox) the hook knows the extension's name. */
function askForHeritage(): void {
  isHeir = true;
  document.addEventListener(OWN_ADDRESS, takeOver);
  document.dispatchEvent(new Event(IS_FIREFOX ? OWN_ADDRESS : SUCCESSION_EVENT));
  document.removeEventListener(OWN_ADDRESS, takeOver);
  isHeir = false;
}

/** After an update of the extension Firefox removes this script, but not the hook. */
function leaveHeritage(): void {
  const notice: HeirNotice = { type: 'heir', name: OWN_ADDRESS };
  if (IS_FIREFOX) page?.postMessage(notice);
}

function start(): void {
  document.addEventListener(HANDOVER_EVENT, takeOver);
  document.addEventListener(SUCCESSION_EVENT, handOn);
  // Content scripts start before a document is parsed, except for the initial empty document, which is complete at once.
  if (document.readyState !== 'loading' && document.URL !== 'about:blank') {
    endpoint.since = Date.now();
    askForHeritage();
  }
  runtime.onConnect.addListener((port) => {
    if (port.name === PORT_NAME) endpoint.accept(port);
  });
  runtime.onMessage.addListener((message: unknown) => {
    if (page && asRuntimeMessage(message)?.type === 'framescope-roll-call') endpoint.announce();
    return undefined;
  });
  // What the hook hands over as the page is left comes after this, as it listens later. Pages can dispatch all of these themselves.
  addEventListener('pagehide', ({ isTrusted }) => {
    endpoint.isLeaving ||= isTrusted;
  });
  addEventListener('pageshow', (event) => {
    if (!event.isTrusted) return;
    endpoint.isLeaving = false;
    if (!event.persisted)
      leaveHeritage(); // not sooner, for the sake of the page's start
    else if (page) endpoint.announce(); // a page restored from the back/forward cache has lost its ports
  });
  // A prerendered page has become the page of its tab, and its frame has another id from now on.
  document.addEventListener(
    'prerenderingchange',
    ({ isTrusted }) => isTrusted && page && endpoint.announce(),
  );
}

const world = globalThis as LateRelay;
// Whoever captures an older page brings this script into all of its frames; some may have it.
if (!world[LATE_RELAY]) {
  start();
  world[LATE_RELAY] = () => {
    if (!page) askForHeritage();
    return page !== undefined;
  };
}
