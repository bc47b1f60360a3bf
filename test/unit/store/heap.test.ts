import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Heap } from '../../../src/store/heap.ts';

test('the first is the least and the second the least of the others, even after the first has changed', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), fc.array(fc.nat(50)), (numbers, changes) => {
      const heap = new Heap<{ value: number }>((one, other) => one.value < other.value);
      for (const value of numbers) heap.add({ value });
      let left = [...numbers].sort((a, b) => a - b);
      for (const change of [...changes, ...numbers.map(() => undefined)]) {
        expect([heap.first?.value, heap.second?.value]).toEqual([left[0], left[1]]);
        const { first } = heap;
        if (change === undefined || !first) {
          heap.removeFirst();
          left.shift();
        } else {
          first.value = change;
          heap.settleFirst();
          left = [change, ...left.slice(1)].sort((a, b) => a - b);
        }
      }
      expect(heap.first).toBeUndefined();
    }),
  );
});

test('a change needs few comparisons, however many elements there are', () => {
  let comparisons = 0;
  const heap = new Heap<{ value: number }>((one, other) => {
    comparisons++;
    return one.value < other.value;
  });
  for (let value = 0; value < 10_000; value++) heap.add({ value: (value * 7919) % 10_000 });
  for (let change = 0; change < 10_000; change++) {
    if (heap.first) heap.first.value += 10_000;
    heap.settleFirst();
  }
  expect(comparisons).toBeLessThan(20_000 * 2 * 14);
});
