import { describe, expect, test } from 'vitest';
import { readNetworkLog } from '../../../../../src/formats/har/read-entry.ts';
import { joinHandshakes } from '../../../../../src/panel/session/network/handshakes.ts';
import { type PanelDocument, SocketTable } from '../../../../../src/panel/session/recording/sockets.ts';
import type { SocketRecord } from '../../../../../src/protocol/sockets.ts';
import { socketRecord } from '../../../helpers/frames.ts';
import { type EntryParts, HOOK, socketEntry } from './entries.ts';

const DOCUMENT = { identity: { document: 'd', frameId: 0, url: 'https://example.test/' }, isGone: false };

/** Which socket (by its number, from 1) each entry belongs to; 0 for none. */
function joined(
  entries: readonly EntryParts[],
  records: readonly Partial<SocketRecord>[],
  document: PanelDocument = DOCUMENT,
): number[] {
  const table = new SocketTable();
  const sockets = records.map((record, index) =>
    table.update(document, socketRecord({ ...record, id: index + 1 })),
  );
  const log = readNetworkLog({ entries: entries.map(socketEntry) }, 'chrome-extension://framescope/');
  const owners = joinHandshakes(log.sockets, sockets);
  return log.sockets.map((entry) => owners.get(entry)?.number ?? 0);
}

test('a socket gets the entry with its URL whose request was sent between its creation and its opening', () => {
  const other = { url: 'wss://example.test/other', start: 1010 };
  expect(joined([other, { start: 1010 }], [{ createdAt: 1000, openedAt: 1020 }])).toEqual([0, 1]);
});

test('several sockets to one URL get their entries in the order of time', () => {
  const records = [1000, 2000, 3000].map((createdAt) => ({ createdAt, openedAt: createdAt + 100 }));
  expect(joined([{ start: 1001 }, { start: 2001 }, { start: 3001 }], records)).toEqual([1, 2, 3]);
});

test('a log that begins late leaves the older sockets without', () => {
  const records = [1000, 1100, 1200].map((createdAt) => ({ createdAt, closedAt: createdAt + 5 }));
  expect(joined([{ start: 1201, status: 403 }], records)).toEqual([3]);
});

test('sockets that are created at once and connect one after the other keep their order', () => {
  const records = [20, 60, 90].map((wait) => ({ createdAt: 1000, openedAt: 1000 + wait }));
  expect(joined([{ start: 1001 }, { start: 1025 }, { start: 1065 }], records)).toEqual([1, 2, 3]);
});

test('the outcome distinguishes sockets', () => {
  const records = [
    { createdAt: 1000, closedAt: 1010 },
    { createdAt: 1000, openedAt: 1010 },
  ];
  expect(joined([{ start: 1001 }, { start: 1001, status: 401 }], records)).toEqual([2, 1]);
});

test('the subprotocol distinguishes sockets', () => {
  const records = ['a', 'b'].map((protocol) => ({ createdAt: 1000, openedAt: 1010, protocol }));
  expect(
    joined(
      [
        { start: 1001, protocol: 'b' },
        { start: 1001, protocol: 'a' },
      ],
      records,
    ),
  ).toEqual([2, 1]);
});

test('an entry that other code than the hook created belongs to no captured socket', () => {
  const worker = { start: 1001, scripts: ['https://example.test/worker.js'] };
  const page = { start: 1001, scripts: [HOOK] };
  expect(joined([worker, page], [{ createdAt: 1000, openedAt: 1010 }])).toEqual([0, 1]);
});

test('unless it is the socket of a worker, whose hook is part of its script', () => {
  const worker = { ...DOCUMENT, identity: { ...DOCUMENT.identity, isWorker: true } };
  const entry = { start: 1001, scripts: ['https://example.test/worker.js'] };
  expect(joined([entry], [{ createdAt: 1000, openedAt: 1010 }], worker)).toEqual([1]);
  const ofPage = { start: 1001, scripts: [HOOK] };
  expect(joined([ofPage, entry], [{ createdAt: 1000, openedAt: 1010 }], worker)).toEqual([0, 1]);
});

test('unless the socket was adopted, whose constructor the hook never saw', () => {
  const early = { start: 1001, scripts: ['https://example.test/early.js'] };
  expect(joined([early], [{ createdAt: 9000, adopted: true }])).toEqual([1]);
  expect(joined([{ start: 1001, scripts: [HOOK] }], [{ createdAt: 9000, adopted: true }])).toEqual([0]);
});

describe('several sockets to one URL that are older than the hook', () => {
  const sent = (time: number) => ({ type: 'send', time: time / 1000, opcode: 1, data: 'x' });
  const early = (start: number, ...times: number[]) => ({
    start,
    scripts: ['https://example.test/early.js'],
    messages: times.map(sent),
  });
  const adopted = (createdAt: number, more: Partial<SocketRecord> = {}) => ({
    createdAt,
    adopted: true,
    ...more,
  });

  test('are identified by the message at which they were adopted', () => {
    expect(
      joined([early(1000, 1200, 9500), early(1100, 1200, 9001)], [adopted(9000), adopted(9499)]),
    ).toEqual([2, 1]);
  });

  test('or by their end', () => {
    const log = [early(1000), { ...early(1100), duration: 8000 }];
    expect(joined(log, [adopted(9090, { closedAt: 9101 })])).toEqual([0, 1]);
  });

  test('are not confused with each other before the log can tell', () => {
    expect(joined([early(1000), early(1100)], [adopted(9000)])).toEqual([0, 0]);
    expect(joined([early(1000)], [adopted(9000)])).toEqual([1]);
  });

  test('are matched in order if the log has no messages', () => {
    const log = [1000, 1100].map((start) => ({ ...early(start), messages: undefined }));
    expect(joined(log, [adopted(9000), adopted(9001)])).toEqual([1, 2]);
  });
});

test('a clock that is off by a second does not matter if there is only one candidate', () => {
  expect(joined([{ start: 1001 }], [{ createdAt: 2000, openedAt: 2010 }])).toEqual([1]);
  expect(joined([{ start: 1001 }], [{ createdAt: 9000, openedAt: 9010 }])).toEqual([0]);
});

test('an entry without a time belongs to a socket that has not opened', () => {
  const records = [{ createdAt: 1000, openedAt: 1010 }, { createdAt: 1000 }];
  expect(joined([{ start: undefined, status: 0 }], [...records].reverse())).toEqual([1]);
});

test('a socket gets the entry with its URL even if only part of the URL is kept', () => {
  const url = `wss://example.test/${'long/'.repeat(10_000)}`;
  expect(joined([{ url, start: 1010 }], [{ url, createdAt: 1000, openedAt: 1020 }])).toEqual([1]);
});
