import type { Observer } from '../capture/observe.ts';
import { tryRead } from '../capture/payload.ts';
import { addListener, describe, uncurryGetter, uncurryThis } from '../natives/natives.ts';
import { isNative, native } from './native-function.ts';
import { patchWebSocket } from './patch.ts';

/** The build says whether the hook is for Firefox, which shows getters without the word before their names. */
declare const FOR_FIREFOX: boolean;

const readTarget = uncurryGetter(Event.prototype, 'target') as (event: Event) => Node;
const readView = uncurryGetter(Document.prototype, 'defaultView');

/**
 * Puts the hook into frames in which the browser runs no content script: those with a `javascript:` address stay in the empty
 * document that they begin with. To notice them before their script runs would cost every page time for each element
 * that it adds (docs/internals/documents.md). The `load` event of their element, right after their script, costs nothing; it is
 * handled here before the page can handle it.
 */
export function watchIframes(document: Document, observer: Observer): void {
  const loaded = (event: Event) => {
    const target = event.isTrusted && readTarget(event);
    const inner = target && documentIn(target);
    if (inner) enter(inner, observer);
  };
  addListener(document, 'load', loaded, true);
}

/**
 * The document in a frame; null if that is of another origin. The getter is looked up when there is a frame, because the elements' part of
 * the platform is not there yet when a page starts, and its first script would have to wait for it. If the page has replaced the getter,
 * nothing is called.
 */
function documentIn(frame: Node): Document | null | undefined | false {
  // Other elements load, too, hundreds of images for one.
  if (!('contentDocument' in frame)) return undefined;
  const Frame = native<typeof HTMLIFrameElement>(globalThis, 'HTMLIFrameElement');
  const read = Frame && describe(Frame.prototype, 'contentDocument')?.get;
  return isNative(read, `${FOR_FIREFOX ? '' : 'get '}contentDocument`) && tryRead(uncurryThis(read), frame);
}

/** Unless another hook or the page has been there before. */
function enter(document: Document, observer: Observer): void {
  const view = readView(document);
  const Native = view && native<typeof WebSocket>(view, 'WebSocket');
  if (!Native || !native(Native.prototype, 'send') || !native(Native.prototype, 'close')) return;
  // Browsers keep the global object for the first document that is loaded in the place of the empty one; the content script
  // runs there too. No page can replace the window's property `document`.
  const isOurs = () => tryRead((window) => window.document, view) === document;
  patchWebSocket(observer, view, Native, Native.prototype, isOurs);
  watchIframes(document, observer);
}
