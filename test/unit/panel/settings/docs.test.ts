import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ALL_SETTINGS } from '../../../../src/panel/settings/schema.ts';

const PAGE = readFileSync(new URL('../../../../docs/settings.md', import.meta.url), 'utf8');

/** Keys of the table, of which two may share a row. */
const TOLD = PAGE.split('\n')
  .filter((line) => line.startsWith('| `'))
  .flatMap((line) => [...(line.split('|')[1]?.matchAll(/`([a-z-]+)`/g) ?? [])].map(([, key]) => key));

test('docs/settings.md tells of every setting, and of no other', () => {
  expect(TOLD.toSorted()).toEqual(ALL_SETTINGS.map(({ key }) => key).toSorted());
});
