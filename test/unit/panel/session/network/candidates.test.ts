import { expect, test } from 'vitest';
import { Candidates } from '../../../../../src/panel/session/network/candidates.ts';
import { type PanelSocket, SocketTable } from '../../../../../src/panel/session/recording/sockets.ts';
import { socketRecord } from '../../../helpers/frames.ts';

const DOCUMENT = { identity: { document: 'd', frameId: 0, url: 'https://example.test/' }, isGone: false };

/** Sockets that connect one after the other, each in 100 ms. */
function sockets(count: number): PanelSocket[] {
  const table = new SocketTable();
  return Array.from({ length: count }, (_, index) =>
    table.update(DOCUMENT, socketRecord({ id: index + 1, createdAt: index * 100 })),
  );
}

const spanOf = ({ record }: PanelSocket) => ({ from: record.createdAt - 50, to: record.createdAt + 150 });

test('a handshake is compared with the sockets of its time alone, whether or not they are found', () => {
  const all = sockets(1000);
  const candidates = new Candidates(all, spanOf);
  let compared = 0;
  for (const { record } of all) {
    candidates.take(record.createdAt + 10, () => ++compared === 0);
  }
  expect(compared).toBeGreaterThan(1000);
  expect(compared).toBeLessThan(3000);
  expect(candidates.left()).toHaveLength(1000);
});

test('handshakes that are out of order, or without a time, find their sockets too', () => {
  const all = sockets(10);
  const candidates = new Candidates(all, spanOf);
  const take = (time: number | undefined) => candidates.take(time, () => true)?.number;
  expect([take(900), take(110), take(undefined), take(220), take(60_000)]).toEqual([9, 1, 2, 3, undefined]);
  expect(candidates.left().map(({ number }) => number)).toEqual([4, 5, 6, 7, 8, 10]);
});
