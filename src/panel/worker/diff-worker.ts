/** The thread that compares two large payloads. */
import { buffersOf } from '../../decoders/diff-lines.ts';
import type { DiffRequest } from './diff-messages.ts';
import { DiffTaker } from './diff-taker.ts';

const taker = new DiffTaker();

addEventListener('message', ({ data }: MessageEvent<DiffRequest>) => {
  const answer = taker.take(data);
  if (answer) postMessage(answer, { transfer: answer.type === 'lines' ? buffersOf(answer.lines) : [] });
});
