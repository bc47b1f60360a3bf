import { expect, test } from 'vitest';
import { SettledEntries } from '../../../../../src/panel/session/network/settled-entries.ts';

const of = (entries: SettledEntries, keys: readonly string[]) => keys.filter((key) => entries.has(key));

test('the oldest entries are forgotten where there may be only so many', () => {
  const entries = new SettledEntries(2);
  for (const key of ['a', 'b', 'b', 'c']) entries.add(key);
  expect(of(entries, ['a', 'b', 'c'])).toEqual(['b', 'c']);
});

test('entries that the log does not contain any more are forgotten', () => {
  const entries = new SettledEntries();
  for (const key of ['a', 'b', 'c']) entries.add(key);
  entries.keepOnly(new Set(['b', 'x']));
  expect(of(entries, ['a', 'b', 'c', 'x'])).toEqual(['b']);
});
