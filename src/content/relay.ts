/**
 * Entry of the content script: relays messages between the page's MessagePort and the panel's runtime port without looking into
 * them. Before the first script of a page it only takes the port. The extension API costs most of the time, and is first used
 * when the hook's first message arrives, which is after that script.
 */
import { type HeirNotice, LATE_RELAY, type LateRelay, SUCCESSION_EVENT } from '../protocol/older-pages.ts';
import { asRuntimeMessage, PORT_NAME } from '../protocol/runtime.ts';
import { HANDOVER_EVENT } from '../protocol/version.ts';
import { Endpoint, ownAddress, runtime } from './endpoint.ts';

/** The build says which browser the script is for; to ask would take time. */
declare const FOR_FIREFOX: boolean;

let page: MessagePort | undefined;
/** The way to the panel; undefined until the document has been announced. */
let endpoint: Endpoint | undefined;
/** A previous hook is being asked for its port. */
let isHeir = false;
/** The listeners for the page and for heirs are not there; {@link listen} finds out. */
let isDeaf = true;
/** When the document came into its frame, and, if it is older than the extension, when its capture began; in ms since the epoch. */
let shownAt = Date.now();
let since: number | undefined;

function takeOver(event: Event): void {
  const { ports } = event as MessageEvent<number | null>;
  const port = ports?.[0];
  if (!port) return;
  event.stopImmediatePropagation();
  removeEventListener(HANDOVER_EVENT, takeOver);
  page = port;
  page.onmessage = hear;
  if (!isHeir) return;
  since = (event as MessageEvent<number | null>).data ?? undefined;
  introduce();
}

/** The first message only tells that the page's first script has not been delayed any longer, or that the page is being unloaded already. */
function hear({ data, isTrusted }: MessageEvent): void {
  const own = endpoint ?? introduce();
  // The hook dispatches itself what it hands over on unload, in a session of its own. It does so until it is asked again, even if the page has come back.
  if (isTrusted) own.isLeaving = false;
  else if (data.type === 'hello') own.isLeaving = true;
  if (data) own.toPanel(data);
}

/** Tells the panel, if there is one, about the document. */
function announce(): void {
  endpoint?.announce({ shownAt, since });
}

/** When the extension is reloaded or updated (Chrome), this script and its hook live on, and the hook has no other contact. */
function handOn(event: Event): void {
  if (!page || runtime().id) return; // as long as it is not cut off, only the page could have asked
  event.stopImmediatePropagation();
  const heritage = page;
  page = undefined;
  heritage.onmessage = null;
  document.dispatchEvent(new MessageEvent(HANDOVER_EVENT, { ports: [heritage], data: since }));
}

/** Connects to a previous hook, if there is one: its content script has the port, or (Firefox) the hook knows the extension's name. */
function askForHeritage(): void {
  const answer = FOR_FIREFOX ? ownAddress() : HANDOVER_EVENT;
  since = Date.now();
  isHeir = true;
  document.addEventListener(answer, takeOver);
  document.dispatchEvent(new Event(FOR_FIREFOX ? answer : SUCCESSION_EVENT));
  document.removeEventListener(answer, takeOver);
  isHeir = false;
}

/** After an update of the extension Firefox removes this script, but not the hook. */
function leaveHeritage(): void {
  if (!FOR_FIREFOX) return;
  const notice: HeirNotice = { type: 'heir', name: ownAddress() };
  page?.postMessage(notice);
}

/** Announces the document and listens for the panel. A document without a hook has nothing to announce. */
function introduce(): Endpoint {
  const made = new Endpoint((message) => page?.postMessage(message));
  endpoint = made;
  announce();
  runtime().onConnect.addListener((port) => {
    if (port.name === PORT_NAME) made.accept(port);
  });
  runtime().onMessage.addListener((message: unknown) => {
    if (page && asRuntimeMessage(message)?.type === 'framescope-roll-call') announce();
    return undefined;
  });
  listen(made.name);
  new MutationObserver(() => listen(made.name)).observe(document, { childList: true });
  return made;
}

/**
 * `document.open()` removes all listeners of the document and its window, and all that the document holds, which is what shows it. The hook
 * loses those for its heirs as well.
 * @param pulse an event of which no page knows, that is heard as long as the listeners are there
 */
function listen(pulse: string): void {
  isDeaf = true;
  document.dispatchEvent(new Event(pulse));
  if (!isDeaf) return;
  document.addEventListener(pulse, () => {
    isDeaf = false;
  });
  document.addEventListener(SUCCESSION_EVENT, handOn);
  // A page restored from the back/forward cache has lost its ports.
  addEventListener('pageshow', (event) => event.persisted && appear(event));
  // A prerendered page has become the page of its tab, and its frame has another id from now on.
  document.addEventListener('prerenderingchange', appear);
  leaveHeritage();
}

/** @param event may be of the page's own making */
function appear({ isTrusted }: Event): void {
  if (!isTrusted) return;
  shownAt = Date.now();
  if (endpoint) endpoint.isLeaving = false;
  if (page) announce();
}

/*
 * Nothing here may look at `document`, which takes a tenth of a millisecond in a new world. Into older documents this script comes by itself
 * in Firefox only; Chrome's panel brings it and then calls LATE_RELAY.
 */
function start(): void {
  addEventListener(HANDOVER_EVENT, takeOver);
  if (FOR_FIREFOX && isLate()) askForHeritage();
}

/** Content scripts are there before a document is read, but for the empty one, which is there at once. */
function isLate(): boolean {
  return document.readyState !== 'loading' && document.URL !== 'about:blank';
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
