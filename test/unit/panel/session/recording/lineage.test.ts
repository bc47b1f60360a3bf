import { describe, expect, test } from 'vitest';
import { endpointOf, LineageTracker } from '../../../../../src/panel/session/recording/lineage.ts';
import { ReadyState, type SocketRecord } from '../../../../../src/protocol/sockets.ts';
import { socketRecord } from '../../../helpers/frames.ts';

/** Opens sockets one after the other and says of each: attempt, predecessor, gap. */
function lineagesOf(records: readonly Partial<SocketRecord>[]) {
  const tracker = new LineageTracker();
  return records.map((part, index) => {
    const record = socketRecord({ id: index + 1, url: 'wss://a.test/feed', ...part });
    const lineage = tracker.follow(record);
    tracker.add({ number: index + 1, record, lineage });
    return [lineage.attempt, lineage.predecessor, lineage.gap];
  });
}

const ended = { readyState: ReadyState.closed };

describe('reconnects', () => {
  test('a socket follows the one to the same endpoint that closed before it was created', () => {
    const records = [
      { createdAt: 10, closedAt: 20, ...ended },
      { createdAt: 25, closedAt: 30, ...ended },
      { createdAt: 130 },
    ];
    expect(lineagesOf(records)).toEqual([
      [1, undefined, 0],
      [2, 1, 5],
      [3, 2, 100],
    ]);
  });

  test('the query and the fragment may change: they carry tokens and session ids', () => {
    const records = [
      { url: 'wss://a.test/feed?token=1', createdAt: 10, closedAt: 20, ...ended },
      { url: 'wss://a.test/feed?token=2#x', createdAt: 21 },
    ];
    expect(lineagesOf(records)[1]).toEqual([2, 1, 1]);
  });

  test('a page that reconnects in its error handler is ahead of the close event', () => {
    expect(lineagesOf([{ createdAt: 10, ...ended }, { createdAt: 20 }])[1]).toEqual([2, 1, 0]);
  });

  test('a page that closes by itself need not wait for the end', () => {
    const closing = { by: 'page', at: 15, code: undefined, reason: undefined } as const;
    const records = [{ createdAt: 10, readyState: ReadyState.closing, closing }, { createdAt: 18 }];
    expect(lineagesOf(records)[1]).toEqual([2, 1, 3]);
  });

  test('such a page is understood even if its sockets become known only at the end', () => {
    const closing = { by: 'page', at: 15, code: undefined, reason: undefined } as const;
    const records = [{ createdAt: 10, closedAt: 40, closing, ...ended }, { createdAt: 18 }];
    expect(lineagesOf(records)[1]).toEqual([2, 1, 3]);
  });
});

describe('no reconnects', () => {
  test('sockets side by side', () => {
    const open = { readyState: ReadyState.open };
    expect(lineagesOf([{ createdAt: 10, ...open }, { createdAt: 20 }])[1]).toEqual([1, undefined, 0]);
  });

  test('sockets to other endpoints', () => {
    const records = [
      { createdAt: 10, closedAt: 20, ...ended },
      { createdAt: 30, url: 'wss://a.test/other' },
    ];
    expect(lineagesOf(records)[1]).toEqual([1, undefined, 0]);
  });
});

test('of several that have ended, the last one is followed, and each only once', () => {
  const records = [
    { createdAt: 1, closedAt: 100, ...ended },
    { createdAt: 2, closedAt: 50, ...ended },
    { createdAt: 110 },
    { createdAt: 120 },
  ];
  expect(lineagesOf(records).slice(2)).toEqual([
    [2, 1, 10],
    [2, 2, 70],
  ]);
});

test('a new socket is compared with few of the many that are open side by side', () => {
  const tracker = new LineageTracker();
  let looks = 0;
  for (let number = 1; number <= 5000; number++) {
    const record = { ...socketRecord({ id: number, url: 'wss://a.test/feed', readyState: ReadyState.open }) };
    Object.defineProperty(record, 'closedAt', { get: () => void looks++ });
    tracker.add({ number, record, lineage: tracker.follow(record) });
  }
  expect(looks).toBeLessThan(5000 * 1000);
  expect(looks).toBeGreaterThan(5000);
});

test('a socket that closes among a few hundred side by side is known as the one that the next one follows', () => {
  const open = { createdAt: 1, readyState: ReadyState.open };
  const records = Array.from({ length: 255 }, (_, index) =>
    index === 0 ? { ...open, closedAt: 5, ...ended } : open,
  );
  expect(lineagesOf([...records, { createdAt: 9 }])[255]).toEqual([2, 1, 4]);
});

test.each([
  ['wss://a.test/feed?token=1', 'wss://a.test/feed'],
  ['wss://a.test/feed#x', 'wss://a.test/feed'],
  ['wss://name:secret@a.test:8443/feed?token=1', 'wss://a.test:8443/feed'],
  ['wss://name@a.test', 'wss://a.test'],
  ['wss://a@b@a.test/x@y', 'wss://a.test/x@y'],
  ['wss://a.test?to=b@a.test/', 'wss://a.test'],
  ['nonsense', 'nonsense'],
])('the endpoint of %s is %s: no secret is kept in settings', (url, endpoint) => {
  expect(endpointOf(url)).toBe(endpoint);
});
