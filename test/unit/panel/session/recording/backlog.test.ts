import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Held, mergeByTime } from '../../../../../src/panel/session/recording/backlog.ts';
import { startOfDocument } from '../../../../../src/panel/session/recording/progress.ts';
import { batchOf } from '../../../helpers/frames.ts';

/** Times of the frames of each batch of each document; a document's own may go back. */
const pages = fc.array(fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { maxLength: 4 }), { maxLength: 6 });

function heldOf(page: readonly (readonly number[])[], index: number): Held[] {
  const document = { identity: { document: `d${index}`, frameId: index, url: '' }, isGone: false };
  const progress = startOfDocument();
  return page.map((times) => {
    const batch = batchOf(times.map((time) => ({ time, payload: 'x' })));
    return { type: 'frames', document, progress, batch, skip: 0 };
  });
}

/** Document and time of each frame as they are merged. */
function merged(documents: readonly (readonly (readonly number[])[])[]): { page: number; time: number }[] {
  const order: { page: number; time: number }[] = [];
  mergeByTime(documents.flatMap(heldOf), ({ held, from, to }) => {
    if (held.type === 'gap') throw new Error('there is no gap');
    const page = held.document.identity.frameId;
    for (const time of held.batch.times.slice(from, to)) order.push({ page, time });
  });
  return order;
}

test('frames of several documents are merged, each document in its own order whatever its clock', () => {
  fc.assert(
    fc.property(pages, (documents) => {
      const order = merged(documents);
      for (const [index, page] of documents.entries()) {
        expect(order.filter(({ page }) => page === index).map(({ time }) => time)).toEqual(page.flat());
      }
    }),
  );
});

test('the result is ordered by time if no clock goes back', () => {
  fc.assert(
    fc.property(pages, (documents) => {
      const times = documents.map((page) => [page.flat().sort((a, b) => a - b)]);
      expect(merged(times).map(({ time }) => time)).toEqual(times.flat(2).sort((a, b) => a - b));
    }),
  );
});
