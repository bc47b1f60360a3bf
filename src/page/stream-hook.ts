/**
 * Entry of the script for WebSocketStreams, which Chromium alone has. It runs right before the hook of `hook.ts` and joins it when that
 * starts; it exports nothing either. Firefox need not load it, and what both scripts need is in `hook.ts` only.
 */
import { HANDOVER_EVENT } from '../protocol/version.ts';
import { addListener, bare, readData } from './natives/natives.ts';
import { NativeStream, patchWebSocketStream } from './streams/stream.ts';
import type { Tools } from './streams/tools.ts';

// If the hook does not start because another one is active, the only such event is one that the page makes up.
if (NativeStream) {
  // The hook's handover event to the content script carries its tools as well. The content script stops the event, so this listens in
  // the capture phase, which comes first.
  const join = (event: Event) => {
    const tools = readData(event) as Tools | null;
    if (tools) patchWebSocketStream(tools);
  };
  addListener(document, HANDOVER_EVENT, join, bare({ capture: true, once: true }));
}
