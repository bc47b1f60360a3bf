import { expect, test } from 'vitest';
import { LONGEST_NOTE, Remarks } from '../../../../src/store/rows/remarks.ts';

test('a remark is the last one written, on one line, and is dropped with its row', () => {
  const remarks = new Remarks();
  expect(remarks.of(5)).toEqual({ isStarred: false, note: '' });
  remarks.set(5, { isStarred: true });
  remarks.set(5, { note: ' a\n\tb ' });
  expect(remarks.of(5)).toEqual({ isStarred: true, note: 'a b' });
  remarks.set(9, { note: 'x'.repeat(9999) });
  expect(remarks.of(9).note).toHaveLength(LONGEST_NOTE);
  expect(remarks.changedSince(1)).toEqual([5, 9]);
  remarks.dropBefore(6);
  expect(remarks.of(5).isStarred).toBe(false);
  remarks.set(9, { note: '' });
  expect(remarks.of(9)).toEqual({ isStarred: false, note: '' });
});
