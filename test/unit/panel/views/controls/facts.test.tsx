// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { Fact } from '../../../../../src/panel/views/controls/facts.tsx';
import { View } from '../../../helpers/view.tsx';

test.each([
  ['a long value, which scrolls, is a stop of the Tab key', 300, '0'],
  ['a short one is none', 210, null],
])('%s', (_, height, tabIndex) => {
  vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(height); // a view says of every box that it is 210 px high
  new View(<Fact name="URL">wss://example.test/</Fact>);
  const value = document.querySelector('dd');
  expect(value?.textContent).toBe('wss://example.test/');
  expect(value?.getAttribute('tabindex')).toBe(tabIndex);
});
