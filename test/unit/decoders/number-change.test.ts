import { expect, test } from 'vitest';
import { numberChange } from '../../../src/decoders/number-change.ts';

test.each([
  ['64211.44', '64209.18', '−2.26'],
  ['1', '2', '+1'],
  ['-1', '1', '+2'],
  ['0.1', '0.3', '+0.2'],
  ['1.50', '1.5125', '+0.0125'],
  ['9007199254740992', '9007199254740993', '+1'],
  ['1e3', '1001', '+1'],
  ['1.5e-3', '0', '−0.0015'],
])('from %s to %s it is %s', (before, after, change) => {
  expect(numberChange(before, after)).toBe(change);
});

test.each([
  ['1', '1.0'],
  ['0', '-0'],
])('%s and %s are the same number', (before, after) => {
  expect(numberChange(before, after)).toBeUndefined();
});

test.each([
  ['1', '1e999999999'],
  ['1e-999999999', '1'],
  ['0', '9'.repeat(10_000)],
  ['0', '"1"'],
  ['', '1'],
  ['1e59', '1e-59'],
])('a change from %s to %s is not written out', (before, after) => {
  expect(numberChange(before, after)).toBeUndefined();
});
