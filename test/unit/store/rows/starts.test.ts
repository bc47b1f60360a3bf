import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BlockRuns } from '../../../../src/store/blocks/block-runs.ts';
import { Column } from '../../../../src/store/rows/columns.ts';
import { Starts } from '../../../../src/store/rows/starts.ts';

const ROWS = 40;

/** Payloads of these lengths, one after the other; every so many begin a new block, and every so many leave a gap before them. */
function startsOf(lengths: readonly number[], perBlock: number, perGap: number) {
  const column = new Column(ROWS);
  const starts = new Starts(ROWS, column);
  const runs = new BlockRuns();
  const expected: number[] = [];
  let unit = 7;
  for (const [at, length] of lengths.entries()) {
    if (at % perBlock === 0) unit = at === 0 ? 7 : 0;
    if (at % perGap === perGap - 1) unit += 3;
    column.set(at, length);
    runs.add(at, 1 + Math.floor(at / perBlock));
    starts.set(at, unit);
    expected.push(unit);
    unit += length;
  }
  return { column, starts, runs, expected };
}

const lengths = fc.oneof(
  fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: ROWS, maxLength: ROWS }),
  fc.constant(new Array<number>(ROWS).fill(110)),
);

test('places are unchanged by settling, and can be changed after that', () => {
  const every = fc.integer({ min: 1, max: 100 });
  fc.assert(
    fc.property(lengths, every, every, fc.nat(ROWS - 1), (all, perBlock, perGap, at) => {
      const { column, starts, runs, expected } = startsOf(all, perBlock, perGap);
      column.settle();
      starts.settle(runs);
      const read = () => expected.map((_, row) => starts.get(row));
      expect(read()).toEqual(expected);
      starts.unsettle();
      column.set(at, 0);
      expect(read()).toEqual(expected);
      starts.set(at, 12_345);
      expect(read()).toEqual(expected.with(at, 12_345));
    }),
  );
});
