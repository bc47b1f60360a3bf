import { serialize } from 'node:v8';
import { expect, test } from 'vitest';
import { Contents } from '../../../../../src/panel/session/recording/contents.ts';
import { startOfDocument } from '../../../../../src/panel/session/recording/progress.ts';
import { FrameFlag, FrameKind } from '../../../../../src/protocol/frames.ts';
import { FrameStore } from '../../../../../src/store/frame-store.ts';
import { batchOf } from '../../../helpers/frames.ts';

const GERMAN = 'größe '.repeat(10_000);

test('text that comes after its row is counted as what it takes in memory', () => {
  const [store, contents, progress] = [new FrameStore(), new Contents(), startOfDocument()];
  store.append(batchOf([{ kind: FrameKind.receivedText, flags: FrameFlag.pending }]), 0, () => 1);
  contents.expect(progress, 1, store, 0);
  const total = 2 * GERMAN.length;
  const part = `€${GERMAN}`.slice(1); // as a browser keeps what it has received: with two bytes a unit
  for (const offset of [0, GERMAN.length]) contents.take(progress, store, { seq: 1, offset, total, part });
  expect(store.payload(0)).toBe(GERMAN + GERMAN);
  expect(store.bytes).toBe(total);
  expect(serialize(store.payload(0)).length).toBeLessThan(1.1 * total);
});

test('a row that waits for its contents takes no more than its place', () => {
  const [store, contents, progress] = [new FrameStore(), new Contents(), startOfDocument()];
  contents.expect(progress, 1, store, 0);
  expect(progress.pending.get(1)).toEqual({ store, row: 0, parts: undefined, units: 0 });
});
