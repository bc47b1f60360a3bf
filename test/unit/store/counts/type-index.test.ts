import { describe, expect, test } from 'vitest';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import { TypeIndex } from '../../../../src/store/counts/type-index.ts';
import { BINARY, UNTYPED } from '../../../../src/store/counts/type-keys.ts';
import { FrameStore } from '../../../../src/store/frame-store.ts';
import { batchOf, type PlainFrame } from '../../helpers/frames.ts';

const SOCKET = { url: '', protocol: '' };

function world(members?: readonly string[]) {
  const store = new FrameStore();
  const index = new TypeIndex(store, () => SOCKET, members);
  const add = (...frames: PlainFrame[]) => store.append(batchOf(frames), 0, (id) => id);
  const count = () => {
    while (index.isBehind) index.step(1000, () => undefined);
  };
  const tallies = (isCounted: (socket: number) => boolean = () => true) => {
    count();
    return index.tallies(isCounted).map(({ key, messages }) => [key, messages]);
  };
  return { store, index, add, tallies };
}

const typed = (type: string, more: Partial<PlainFrame> = {}): PlainFrame => ({
  payload: JSON.stringify({ type }),
  ...more,
});

describe('the types of messages', () => {
  test('are counted with their bytes, the most frequent first, case-sensitively', () => {
    const { index, add, tallies } = world();
    add(typed('connect'), typed('CONNECT'), typed('trade'), typed('CONNECT'), typed('trade'), typed('trade'));
    expect(tallies()).toEqual([
      ['trade', 3],
      ['CONNECT', 2],
      ['connect', 1],
    ]);
    expect(index.tallies(() => true)[0]).toEqual({ key: 'trade', name: 'trade', messages: 3, bytes: 48 });
  });

  test('belong to the socket that has their rows, also if another one has been found to be it', () => {
    const { store, add, tallies } = world();
    add(typed('a', { socket: 1 }), typed('a', { socket: 3 }), typed('b', { socket: 1 }));
    expect(tallies((socket) => socket === 1)).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    store.handOver(1, 2);
    expect(tallies((socket) => socket === 1)).toEqual([]);
    expect(tallies((socket) => socket === 2)).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
  });

  test('are those of messages only: one that has become a gap is counted no more', () => {
    const { store, add, tallies } = world();
    for (let batch = 0; batch < 2; batch++) add(...Array.from({ length: 16_384 }, () => typed('a')));
    expect(tallies()).toEqual([['a', 32_768]]);
    store.trim({ rows: 20_000, bytes: Number.POSITIVE_INFINITY }, () => undefined);
    store.turnIntoGap(store.firstRow, { frames: 16_385, bytes: 0, reason: 'memory' });
    expect(tallies()).toEqual([['a', 16_383]]);
  });

  test('include bytes and texts without a type, but no events', () => {
    const { add, tallies } = world();
    add({ payload: new Uint8Array([1, 2]) }, { payload: 'hello' }, { payload: '' }, { kind: FrameKind.open });
    expect(tallies()).toEqual([
      [UNTYPED, 2],
      [BINARY, 1],
    ]);
  });

  test('include those of bytes if the subprotocol defines them', () => {
    const store = new FrameStore();
    const index = new TypeIndex(store, () => ({ url: '', protocol: 'mqtt' }), undefined);
    store.append(
      batchOf([{ payload: new Uint8Array([0xc0, 0]) }, { payload: new Uint8Array([0xd0, 0]) }]),
      0,
      (id) => id,
    );
    index.step(1000, () => undefined);
    expect(index.tallies(() => true).map(({ name }) => name)).toEqual(['PINGREQ', 'PINGRESP']);
  });

  test('can be counted for some of the sockets', () => {
    const { add, tallies } = world();
    add(typed('a', { socket: 1 }), typed('b', { socket: 2 }), typed('a', { socket: 2 }));
    expect(tallies((socket) => socket === 2)).toEqual([
      ['b', 1],
      ['a', 1],
    ]);
  });

  test('are named by another member of the JSON if one is chosen', () => {
    const { add, tallies } = world(['symbol']);
    add({ payload: '{"type":"trade","symbol":"BTC"}' });
    expect(tallies()).toEqual([['BTC', 1]]);
  });

  test('count a row once, whether a filter asks for it first or not', () => {
    const { index, add, tallies } = world();
    add(typed('a'), typed('b'));
    expect(index.keyOf(1)).toBeUndefined();
    expect(index.learn(1, '{"type":"b"}', SOCKET)).toBe('b');
    expect(index.learn(1, '{"type":"b"}', SOCKET)).toBe('b');
    expect(tallies()).toEqual([
      ['b', 1],
      ['a', 1],
    ]);
    expect([index.keyOf(0), index.keyOf(1)]).toEqual(['a', 'b']);
  });

  test('are counted for late contents once these have arrived', () => {
    const { store, index, add, tallies } = world();
    add({ kind: FrameKind.receivedText, flags: FrameFlag.pending, size: 9 });
    expect(tallies()).toEqual([]);
    store.setContent(0, '{"type":"late"}');
    expect(index.isBehind).toBe(true);
    expect(tallies()).toEqual([['late', 1]]);
  });

  test('are subtracted with their rows', () => {
    const { store, add, tallies } = world();
    add(...Array.from({ length: 40_000 }, () => typed('old')), typed('new'));
    expect(tallies()).toEqual([
      ['old', 40_000],
      ['new', 1],
    ]);
    store.trim({ bytes: 1e9, disk: 0, rows: 10_000 }, () => undefined);
    expect(tallies()).toEqual([
      ['old', store.endRow - store.firstRow - 1],
      ['new', 1],
    ]);
    expect(store.firstRow).toBeGreaterThan(0);
  });

  test('are counted together beyond a thousand, but a filter still tells them apart', () => {
    const { index, add, tallies } = world();
    add(...Array.from({ length: 1200 }, (_, number) => typed(`type-${number}`)));
    expect(tallies()).toHaveLength(1000);
    expect(index.others(() => true)).toBe(200);
    expect(index.keyOf(1100)).toBeUndefined();
    expect(index.learn(1100, '{"type":"type-1100"}', SOCKET)).toBe('type-1100');
  });

  test('are counted in small steps', () => {
    const { index, add } = world();
    add(...Array.from({ length: 1000 }, () => typed('a')));
    index.step(0, () => undefined);
    expect(index.isBehind).toBe(true);
    expect(index.progress).toBeGreaterThan(0);
    expect(index.progress).toBeLessThan(1);
  });
});
