import { encode } from '@msgpack/msgpack';
import { describe, expect, test } from 'vitest';
import { UNKNOWN_SOCKET } from '../../../../../src/decoders/protocol-signs.ts';
import { Latencies } from '../../../../../src/panel/model/frames/latencies.ts';
import { FrameFlag, FrameKind } from '../../../../../src/protocol/frames.ts';
import { FrameStore } from '../../../../../src/store/frame-store.ts';
import { batchOf, type PlainFrame } from '../../../helpers/frames.ts';

const sent = (payload: string, more: Partial<PlainFrame> = {}) => ({
  kind: FrameKind.sentText,
  payload,
  ...more,
});
const received = (payload: string, more: Partial<PlainFrame> = {}) => ({ payload, ...more });

function world() {
  const store = new FrameStore();
  const latencies = new Latencies(
    store,
    () => UNKNOWN_SOCKET,
    () => undefined,
  );
  const look = () => {
    while (latencies.isBehind) latencies.step(1000);
  };
  const add = (...frames: PlainFrame[]) => {
    store.append(batchOf(frames), 0, (id) => id);
    look();
  };
  const partners = () =>
    Array.from({ length: store.endRow - store.firstRow }, (_, index) =>
      latencies.partner(store.firstRow + index),
    );
  return { store, latencies, add, look, partners };
}

describe('latencies', () => {
  test('join a message and the first of its socket that bears its id, whatever comes between', () => {
    const { add, partners } = world();
    add(sent('{"id":1}'), sent('{"id":2}'), received('{"id":3}'), received('{"id":2}'), received('{"id":1}'));
    add(received('{"id":1}'));
    expect(partners()).toEqual([4, 3, undefined, 1, 0, undefined]);
  });

  test('join binary messages by the ids among their values', () => {
    const { add, partners } = world();
    const bytes = (kind: FrameKind, payload: Uint8Array) => ({ kind, payload });
    add(
      bytes(FrameKind.sentBinary, encode({ id: 7, method: 'add' })),
      bytes(FrameKind.receivedBinary, Uint8Array.of(1, 2, 3)),
      bytes(FrameKind.receivedBinary, encode({ id: 7, result: 3 })),
    );
    expect(partners()).toEqual([2, undefined, 0]);
  });

  test('join messages whose contents come later than their rows', () => {
    const { store, add, partners, look } = world();
    const later = (kind: FrameKind) => ({ kind, flags: FrameFlag.pending, size: 9 });
    add(sent('{"id":1}'), later(FrameKind.receivedBinary), later(FrameKind.sentBinary));
    expect(partners()).toEqual([undefined, undefined, undefined]);
    store.setContent(2, encode({ id: 2 }));
    add(received('{"id":2}'));
    expect(partners()).toEqual([undefined, undefined, 3, 2]);
    store.setContent(1, encode({ id: 1 }));
    look();
    expect(partners()).toEqual([1, 0, 3, 2]);
  });

  test('keep sockets apart, and never join what was received first', () => {
    const { add, partners } = world();
    add(received('{"id":1}'), sent('{"id":1}', { socket: 1 }), received('{"id":1}', { socket: 2 }));
    expect(partners()).toEqual([undefined, undefined, undefined]);
  });

  test('take the last of several messages of one id', () => {
    const { add, partners } = world();
    add(sent('{"id":1}'), sent('{"id":1}'), received('{"id":1}'));
    expect(partners()).toEqual([undefined, 2, 1]);
  });

  test('join a message to one reply alone, by whichever of its keys that comes', () => {
    const { add, partners } = world();
    add(sent('{"id":1,"ref":"a"}'), received('{"id":1}'), received('{"ref":"a"}'));
    expect(partners()).toEqual([1, 0, undefined]);
  });

  test('say nothing of rows that are gone', () => {
    const { store, add, partners } = world();
    add(sent('{"id":1}'));
    add(...Array.from({ length: 70_000 }, () => received('x')));
    store.trim({ bytes: 1e9, disk: 0, rows: 1000 }, () => undefined);
    add(received('{"id":1}'));
    expect(partners().at(-1)).toBeUndefined();
  });

  test('look at a little in one step', () => {
    const { store, latencies } = world();
    store.append(batchOf(Array.from({ length: 1000 }, () => received('{"id":1}'))), 0, (id) => id);
    latencies.step(0);
    expect(latencies.isBehind).toBe(true);
  });
});
