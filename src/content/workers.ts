/** Entry of Firefox's second content script: the background tells it which workers were given the hook. */
import { asNotice } from '../protocol/workers.ts';
import { runtime } from './endpoint.ts';
import { expectWorker, listenForPanel } from './worker-meeting.ts';

listenForPanel();
runtime().onMessage.addListener((message: unknown) => {
  const notice = asNotice(message);
  if (notice) expectWorker(notice);
  return undefined;
});
