/** The thread that reads large binary messages. */
import type { BytesRequest } from './bytes-messages.ts';
import { BytesTaker } from './bytes-taker.ts';

const taker = new BytesTaker();

addEventListener('message', ({ data }: MessageEvent<BytesRequest>) => {
  const answer = taker.take(data);
  if (answer)
    postMessage(answer, { transfer: answer.type === 'read' ? [answer.scan.table.cells.buffer] : [] });
});
