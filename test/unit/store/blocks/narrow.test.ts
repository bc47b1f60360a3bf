import { serialize } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { hasLatin1, narrow } from '../../../../src/store/blocks/narrow.ts';
import { FrameStore } from '../../../../src/store/frame-store.ts';
import { batchOf } from '../../helpers/frames.ts';

/** As a browser keeps text that it has received: with two bytes a unit, although one would do. */
const received = (text: string) => `€${text}`.slice(1);

/** Bytes of memory that a unit of the text takes. */
const width = (text: unknown) => (serialize(text).length > 1.5 * String(text).length ? 2 : 1);

const GERMAN = '{"größe":"\u0085\\ü\\"\n"}'.repeat(10_000);

describe('text whose characters fit in a byte each', () => {
  test('takes one byte of memory a unit', () => {
    expect([width(received(GERMAN)), width(narrow(received(GERMAN)))]).toEqual([2, 1]);
    expect(narrow(received(GERMAN))).toBe(GERMAN);
  });

  test.each(['', 'ascii', 'ü€', `${'x'.repeat(70_000)}ÿ`, '\ud800'])('stays what it is: %#', (text) => {
    expect(narrow(text)).toBe(text);
  });

  test('is looked at where it is longer on the wire than its units, and not where it is ASCII', () => {
    expect(
      hasLatin1(batchOf([{ payload: 'ascii' }, { payload: 'ü€' }, { payload: new Uint8Array(3) }])),
    ).toBe(false);
    expect(hasLatin1(batchOf([{ payload: 'ascii' }, { payload: 'ü' }]))).toBe(true);
  });

  test('is counted as what it takes once it is stored', () => {
    const store = new FrameStore();
    const payload = received(GERMAN);
    store.append(batchOf([{ payload }]), 0, () => 1);
    expect(width(store.block(store.blockNumber(0)))).toBe(1);
    expect(store.bytes).toBe(payload.length);
  });
});
