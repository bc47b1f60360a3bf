/**
 * Entry of the script for WebSocketStreams, which Chromium alone has. It runs right before the hook of `hook.ts` and joins it when that
 * starts; it exports nothing either. The script that all pages need is the smaller for it.
 */
import { HANDOVER_EVENT } from '../protocol/version.ts';
import { mayStart } from './native-function.ts';
import { addListener, bare, readData } from './natives.ts';
import type { Observer } from './observe.ts';
import { hasStreams, patchWebSocketStream } from './stream.ts';

/**
 * What the hook hands to the content script it shows here as well: its observer. The content script lets nobody hear the event
 * after it, so this listens in the capturing phase, which comes first.
 */
function join(event: Event): void {
  const observer = readData(event) as Observer | null;
  if (observer) patchWebSocketStream(observer);
}

// Where the hook will not start, nobody is to be left listening for something that the page could then make up.
if (hasStreams && mayStart()) {
  addListener(document, HANDOVER_EVENT, join, bare({ capture: true, once: true }));
}
