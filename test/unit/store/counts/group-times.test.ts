import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameKind } from '../../../../src/protocol/frames.ts';
import { GroupTimes, NO_GROUP } from '../../../../src/store/counts/group-times.ts';
import { FrameStore } from '../../../../src/store/frame-store.ts';
import { SEGMENT_ROWS } from '../../../../src/store/rows/segment.ts';
import { batchOf, type PlainFrame } from '../../helpers/frames.ts';

/** Socket 1 and 3 are of group 0, socket 2 of group 1, all others of none. */
const groupOf = (socket: number) => [NO_GROUP, 0, 1, 0][socket] ?? NO_GROUP;

function world() {
  const store = new FrameStore();
  const times = new GroupTimes(store, 2, groupOf);
  const add = (...frames: PlainFrame[]) => store.append(batchOf(frames), 0, (id) => id);
  return { store, times, add };
}

/** The same once more, as plainly as it can be said. */
function plainCounts(store: FrameStore): Map<number, number[]> {
  const counts = new Map<number, number[]>();
  const { width } = store.timeline;
  for (let row = store.firstRow; row < store.endRow; row++) {
    const group = groupOf(store.socket(row));
    if (group === NO_GROUP || store.kind(row) >= FrameKind.open) continue;
    const start = Math.floor(store.time(row) / width) * width;
    const cells = counts.get(start) ?? [0, 0, 0, 0];
    counts.set(start, cells);
    const cell = 2 * group + (store.kind(row) <= FrameKind.sentBinary ? 1 : 0);
    cells[cell] = (cells[cell] ?? 0) + 1;
  }
  return counts;
}

const plain = (counts: ReadonlyMap<number, Uint32Array>) =>
  new Map([...counts].map(([start, cells]) => [start, [...cells]]));

describe('the times of groups of sockets', () => {
  test('are those of the stored rows, however wide the buckets become and whenever they are counted', () => {
    const frames = fc.array(
      fc.record({
        socket: fc.integer({ min: 1, max: 4 }),
        kind: fc.constantFrom(FrameKind.sentText, FrameKind.receivedText, FrameKind.open),
        step: fc.constantFrom(0, 1, 100, 100_000, 1e9),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(fc.array(frames, { maxLength: 4 }), (parts) => {
        const { store, times, add } = world();
        let time = 1e12;
        for (const part of parts) {
          add(
            ...part.map(({ socket, kind, step }) => {
              time += step;
              return { socket, kind, time, ...(kind === FrameKind.open ? {} : { payload: 'x' }) };
            }),
          );
          times.step(1000);
          expect(times.isBehind).toBe(false);
          expect(plain(times.counts())).toEqual(plainCounts(store));
        }
      }),
    );
  });

  test('get wider with the buckets of the timeline', () => {
    const { store, times, add } = world();
    add(...Array.from({ length: 1000 }, (_, index) => ({ payload: 'x', time: 1e12 + index * 16 })));
    times.step(1000);
    const { width } = store.timeline;
    add(...Array.from({ length: 3000 }, (_, index) => ({ payload: 'x', time: 2e12 + index * 16 })));
    expect(store.timeline.width).toBeGreaterThan(width);
    times.step(1000);
    expect(plain(times.counts())).toEqual(plainCounts(store));
  });

  test('are subtracted with dropped rows', () => {
    const { store, times, add } = world();
    const batch = Array.from({ length: SEGMENT_ROWS }, (_, index) => ({ payload: 'x', time: 1e12 + index }));
    add(...batch);
    times.step(1000);
    add(...batch.map((frame) => ({ ...frame, socket: 2, time: frame.time + 1e6 })));
    store.trim({ bytes: 1e9, disk: 0, rows: SEGMENT_ROWS }, () => undefined);
    expect(store.firstRow).toBe(SEGMENT_ROWS);
    times.step(1000);
    expect(plain(times.counts())).toEqual(plainCounts(store));
  });

  test('are counted in small steps', () => {
    const { times, add } = world();
    add(...Array.from({ length: 2000 }, () => ({ payload: 'x', time: 1e12 })));
    times.step(0);
    expect(times.isBehind).toBe(true);
    const [some] = times.counts().values();
    expect(some?.[0]).toBeGreaterThan(0);
    expect(some?.[0]).toBeLessThan(2000);
  });
});
