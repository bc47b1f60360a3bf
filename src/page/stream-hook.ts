/**
 * Entry of the script for WebSocketStreams, which Chromium alone has. It runs right before the hook of `hook.ts` and joins it when that
 * starts; it exports nothing either. Firefox need not load it, and what both scripts need is in `hook.ts` only.
 */
import { leaveJoin } from './streams/join.ts';
import { NativeStream, patchWebSocketStream } from './streams/stream.ts';

if (NativeStream) leaveJoin(patchWebSocketStream);
