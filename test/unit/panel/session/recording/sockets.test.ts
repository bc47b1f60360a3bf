import { expect, test } from 'vitest';
import { type PanelDocument, SocketTable } from '../../../../../src/panel/session/recording/sockets.ts';
import { FrameKind } from '../../../../../src/protocol/frames.ts';
import { countFrame } from '../../../../../src/store/ledger.ts';
import { socketRecord } from '../../../helpers/frames.ts';

const document: PanelDocument = { identity: { document: 'd', frameId: 0, url: '' }, isGone: false };

/** A page that reconnects all day; of one socket in so many a row is still there. */
function connectAgainAndAgain(table: SocketTable, times: number, withRows: number): void {
  for (let id = 1; id <= times; id++) {
    const record = socketRecord({ id, readyState: 3, createdAt: 2 * id, closedAt: 2 * id + 1 });
    const socket = table.update(document, record);
    if (id % withRows === 0) countFrame(socket.ledger.stored, FrameKind.open, 0);
  }
}

test('of thousands of sockets those that are closed and have no row left are forgotten', () => {
  const table = new SocketTable();
  connectAgainAndAgain(table, 20_000, 20);
  const left = table.all();
  expect(left.length).toBeLessThanOrEqual(5000 + 256);
  expect(left.filter(({ record }) => record.id % 20 === 0)).toHaveLength(1000);
  expect(left.at(-1)?.lineage.attempt).toBe(20_000);
});

test('no socket is forgotten of which there are rows', () => {
  const table = new SocketTable();
  connectAgainAndAgain(table, 6000, 1);
  expect(table.all()).toHaveLength(6000);
});

test('nor one whose frames are still to arrive, such as those held by several documents for a late panel', () => {
  const table = new SocketTable();
  for (let id = 1; id <= 6000; id++) {
    table.update(document, socketRecord({ id, readyState: 3 })).ledger.said = 2;
  }
  expect(table.all()).toHaveLength(6000);
});

test('a document whose sockets are all removed is forgotten as well', () => {
  const table = new SocketTable();
  table.update(document, socketRecord());
  table.removeWhere(() => true);
  expect(table.of(document)).toEqual([]);
  expect(table.update(document, socketRecord()).lineage.attempt).toBe(1);
});

test('of an address that no server would take the beginning is kept', () => {
  const table = new SocketTable();
  const url = `wss://a.test/${'a?'.repeat(500_000)}`;
  const kept = table.update(document, socketRecord({ url })).record.url;
  expect([kept.length, kept.endsWith('…'), url.startsWith(kept.slice(0, -1))]).toEqual([
    16 * 1024 + 1,
    true,
    true,
  ]);
  const record = socketRecord({ id: 2, url: 'wss://a.test/feed' });
  expect(table.update(document, record).record).toBe(record);
});
