/**
 * Entry of the content script of sites whose `blob:` workers are captured (Chrome): provides the page script with copies of worker scripts
 * that contain the hook, and connects those workers to the panel.
 */
import { BELL, BELL_EVENT, BELL_READY, type CopyRequest } from '../protocol/site-workers.ts';
import { BlobCopies } from './blob-copies.ts';
import { expectWorker, listenForPanel } from './worker-meeting.ts';

/** The build writes the text of the built `src/page/worker-hook.ts` here. */
declare const WORKER_HOOK: string;

const copies = new BlobCopies(WORKER_HOOK, expectWorker);

function answer(bell: MessagePort, data: unknown): void {
  bell.dispatchEvent(new MessageEvent(BELL.answer, { data }));
}

function follow(bell: MessagePort): void {
  const on = (type: string, listener: (data: unknown) => void) =>
    bell.addEventListener(type, (event) => listener((event as MessageEvent).data));
  on(BELL.copy, (data) => answer(bell, copies.copyOf(data as CopyRequest)));
  on(BELL.revoke, (data) => copies.revoke(data as string));
  answer(bell, BELL_READY);
}

document.addEventListener(
  BELL_EVENT,
  (event) => {
    event.stopImmediatePropagation();
    const bell = (event as MessageEvent).ports[0];
    if (bell) follow(bell);
  },
  { once: true },
);
listenForPanel();
