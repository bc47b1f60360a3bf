import { expect, it } from 'vitest';
import { orderOfNumbers } from '../../../../src/decoders/json/number-order.ts';

it.each([
  ['1.0', '1', 0],
  ['100', '1e2', 0],
  ['-0', '0', 0],
  ['12345678901234567891', '12345678901234567892', -1],
  ['0.10000000000000000001', '0.1', 1],
  ['-0.10000000000000000001', '-0.1', -1],
  ['1e400', '1e399', 1],
])('puts %s and %s in order to their last digit', (one, other, order) => {
  expect(Math.sign(orderOfNumbers(one, other))).toBe(order);
  expect(Math.sign(orderOfNumbers(other, one))).toBe(order === 0 ? 0 : -order);
});

it('takes no longer for each zero of a number than for any other digit', () => {
  const zeros = '0'.repeat(1_000_000);
  expect(orderOfNumbers(`1.${zeros}1`, '1')).toBe(1);
  expect(orderOfNumbers(`1.${zeros}1${zeros}`, `1.${zeros}1`)).toBe(0);
});
