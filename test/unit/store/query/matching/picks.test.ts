import { expect, test } from 'vitest';
import { Picks } from '../../../../../src/store/query/matching/picks.ts';

function picksOf(rows: readonly number[]): Picks {
  const picks = new Picks();
  for (const row of rows) picks.push(row);
  return picks;
}

test('rows stand in the order in which they were found, however many there are', () => {
  const rows = Array.from({ length: 1000 }, (_, index) => 4_000_000_000 - index);
  expect([...picksOf(rows).rows]).toEqual(rows);
  expect([...picksOf([]).rows]).toEqual([]);
});

test('merged with others they stand in the order of their numbers', () => {
  const picks = picksOf([2, 9, 100]);
  picks.merge(picksOf([10, 1]));
  expect([...picks.rows]).toEqual([1, 2, 9, 10, 100]);
});
