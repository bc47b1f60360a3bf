/**
 * Entry of the script for WebSocketStreams, which Chromium alone has. It runs right before the hook of `hook.ts` and joins it when that
 * starts; it exports nothing either. The script that all pages need is the smaller for it, and what both need is in that one alone.
 */
import { HANDOVER_EVENT } from '../protocol/version.ts';
import { addListener, bare, readData } from './natives.ts';
import { NativeStream, patchWebSocketStream } from './stream.ts';
import type { Tools } from './tools.ts';

// Where the hook does not start, as another extension was there first, this hears nothing but what the page makes up for itself.
if (NativeStream) {
  // What the hook hands to the content script it shows here as well. The content script lets nobody hear the event after it, so this
  // listens in the capturing phase, which comes first.
  const join = (event: Event) => {
    const tools = readData(event) as Tools | null;
    if (tools) patchWebSocketStream(tools);
  };
  addListener(document, HANDOVER_EVENT, join, bare({ capture: true, once: true }));
}
