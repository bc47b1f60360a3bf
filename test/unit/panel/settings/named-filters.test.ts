import { expect, test } from 'vitest';
import { withFilter, withoutFilter, withRenamed } from '../../../../src/panel/settings/named-filters.ts';
import { SETTINGS } from '../../../../src/panel/settings/schema.ts';

const A = { name: 'a', text: '1' };
const B = { name: 'b', text: '2' };

test('names stay apart', () => {
  expect(withFilter([A, B], { name: 'a', text: '3' })).toEqual([{ name: 'a', text: '3' }, B]);
  expect(withRenamed([A, B], 'b', 'a')).toEqual([{ name: 'a', text: '2' }]);
  expect(withRenamed([A, B], 'a', 'a')).toEqual([A, B]);
  expect(withRenamed([A, B], 'a', 'c')).toEqual([{ name: 'c', text: '1' }, B]);
  expect(withoutFilter([A, B], 'a')).toEqual([B]);
});

test.each([[[A, B]], [[]]])('%j can be stored', (value) => {
  expect(SETTINGS.savedFilters.shape.read(value)).toEqual(value);
});

test.each([[[{ name: 'a' }]], [[{ name: '', text: 'x' }]], [[{ name: 'a', text: '' }]], ['a']])(
  'anything else is passed over',
  (value) => {
    expect(SETTINGS.savedFilters.shape.read(value)).toBeUndefined();
  },
);
