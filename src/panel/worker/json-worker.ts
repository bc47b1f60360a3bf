/** The thread that reads large JSON. */
import type { JsonAnswer, JsonRequest } from './json-messages.ts';
import { JsonTaker } from './json-taker.ts';

const taker = new JsonTaker();

addEventListener('message', ({ data }: MessageEvent<JsonRequest>) => {
  const answer: JsonAnswer | undefined = taker.take(data);
  if (answer) postMessage(answer, { transfer: [answer.table.cells.buffer] });
});
