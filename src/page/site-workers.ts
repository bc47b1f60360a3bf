/**
 * Entry of the script that runs before a page's own on sites whose `blob:` workers are captured (Chrome). It exports nothing: an
 * export would become a global of the page.
 */
import { BELL, BELL_EVENT, BELL_READY, type CopyRequest } from '../protocol/site-workers.ts';
import {
  addListener,
  bare,
  dispatch,
  NativeMessageChannel,
  NativeMessageEvent,
  readData,
} from './natives/natives.ts';
import { patchBlobWorkers } from './workers/blob-workers.ts';

function start(): void {
  const { port1: bell } = new NativeMessageChannel();
  let answer: unknown;
  addListener(bell, BELL.answer, (event) => {
    answer = readData(event);
  });
  const ring = (type: string, data: unknown): unknown => {
    answer = undefined;
    dispatch(bell, new NativeMessageEvent(type, bare({ data })));
    return answer;
  };
  dispatch(document, new NativeMessageEvent(BELL_EVENT, bare({ ports: [bell] })));
  if (answer !== BELL_READY) return; // without the content script nothing can be done, and so nothing is
  patchBlobWorkers({
    copyOf: (url, blob) => {
      const copy = ring(BELL.copy, bare<CopyRequest>({ url, blob }));
      return typeof copy === 'string' ? copy : undefined;
    },
    revoked: (url) => void ring(BELL.revoke, url),
  });
}

// In a sandbox each document is an origin of its own, to which the URLs of the content script would be strange.
if (self.origin !== 'null') start();
