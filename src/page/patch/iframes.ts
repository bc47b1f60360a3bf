import type { Observer } from '../capture/observe.ts';
import { tryRead } from '../capture/payload.ts';
import { addListener, uncurryGetter } from '../natives/natives.ts';
import { native } from './native-function.ts';
import { patchWebSocket } from './patch.ts';

const readTarget = uncurryGetter(Event.prototype, 'target') as (event: Event) => HTMLIFrameElement;
const readLocalName = uncurryGetter(Element.prototype, 'localName');
const readContent = uncurryGetter(HTMLIFrameElement.prototype, 'contentDocument');
const readView = uncurryGetter(Document.prototype, 'defaultView');
const readDocument = uncurryGetter(window, 'document') as (view: object) => Document;

/**
 * Puts the hook into frames in which the browser runs no content script: those with a `javascript:` address stay in the empty
 * document that they begin with. To notice them before their script runs would cost every page time for each element
 * that it adds (docs/internals/documents.md). The `load` event of their element, right after their script, costs nothing; it is
 * handled here before the page can handle it.
 */
export function watchIframes(document: Document, observer: Observer): void {
  const loaded = (event: Event) => {
    // To ask other elements for a document would cost microseconds: they throw.
    const isFrame = event.isTrusted && readLocalName(readTarget(event)) === 'iframe';
    // Of another origin's frame it is null.
    const inner = isFrame && tryRead(readContent, readTarget(event));
    if (inner && enter(inner, observer)) watchIframes(inner, observer);
  };
  addListener(document, 'load', loaded, true);
}

/** @returns false where another hook or the page has been before, and for documents without a window */
function enter(document: Document, observer: Observer): boolean {
  const view = readView(document);
  const Native = view && native(view, 'WebSocket');
  if (!Native || !native(Native.prototype, 'send') || !native(Native.prototype, 'close')) return false;
  // Browsers keep the global object for the first document that is loaded in the place of the empty one; the content script
  // runs there too.
  const isOurs = () => tryRead(readDocument, view) === document;
  patchWebSocket(observer, view, Native, Native.prototype, isOurs);
  return true;
}
