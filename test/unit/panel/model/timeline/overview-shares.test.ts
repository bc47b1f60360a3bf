import { expect, test } from 'vitest';
import { overviewOf } from '../../../../../src/panel/model/timeline/overview.ts';
import { colourShares } from '../../../../../src/panel/model/timeline/overview-shares.ts';

const bucket = (start: number, received: number, sent = 0) => ({
  start,
  received,
  sent,
  receivedBytes: received,
  sentBytes: sent,
  opens: 0,
  errors: 0,
  closes: 0,
  missing: 0,
});

/** Of red and of orange sockets, received and sent. */
const cells = (...counts: number[]) => Uint32Array.from({ length: 12 }, (_, index) => counts[index] ?? 0);

test('each column says which share of its messages has which colour; a colour without messages is not there', () => {
  const overview = overviewOf([bucket(1600, 4, 2), bucket(1616, 8)], 16);
  const counts = new Map([
    [1600, cells(1, 2, 3)],
    [1616, cells(0, 0, 2)],
  ]);
  const shares = colourShares(overview, counts);
  expect(shares.map(({ colour }) => colour)).toEqual(['red', 'orange']);
  expect(shares.map(({ received }) => received.slice(0, 3))).toEqual([
    [1 / 4, 0, 0],
    [3 / 4, 2 / 8, 0],
  ]);
  expect(shares[0]?.sent.slice(0, 2)).toEqual([1, 0]);
});

test('columns of several buckets have the shares of all of them', () => {
  const buckets = Array.from({ length: 2000 }, (_, index) => bucket(16 * index, 2));
  const overview = overviewOf(buckets, 16);
  expect(overview.columnWidth).toBe(64);
  const counts = new Map(buckets.map(({ start }, index) => [start, cells(index % 4 === 0 ? 2 : 0)]));
  const [red] = colourShares(overview, counts);
  expect(new Set(red?.received.slice(0, 500))).toEqual(new Set([1 / 4]));
});
