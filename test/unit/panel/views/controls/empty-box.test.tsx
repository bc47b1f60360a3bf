// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import { EmptyBox } from '../../../../../src/panel/views/controls/empty-box.tsx';
import { View } from '../../../helpers/view.tsx';

/** px; a view says of every box that it is 210 px high. */
let contentHeight = 0;

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockImplementation(() => contentHeight);
});

function tabIndexOf(height: number, hasButton: boolean): string | null {
  contentHeight = height;
  const view = new View(
    <EmptyBox>
      <strong>No frames yet</strong>
      {hasButton && <button type="button">Reload page</button>}
    </EmptyBox>,
  );
  return view.one('note').getAttribute('tabindex');
}

test('the placeholder of a list is a tab stop if it scrolls and has no button', () => {
  expect(tabIndexOf(300, false)).toBe('0');
  expect(tabIndexOf(300, true)).toBeNull();
  expect(tabIndexOf(210, false)).toBeNull();
});
