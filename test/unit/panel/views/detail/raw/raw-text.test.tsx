// @vitest-environment happy-dom
import { render } from 'preact';
import { expect, test } from 'vitest';
import { RawText } from '../../../../../../src/panel/views/detail/raw/raw-text.tsx';

function drawn(text: string, mark?: number, wraps = true): HTMLElement {
  const root = document.body.appendChild(document.createElement('div'));
  render(<RawText text={text} mark={mark} wraps={wraps} />, root);
  const pre = root.querySelector('pre');
  if (!pre) throw new Error('nothing is drawn');
  return pre;
}

test('a small text is one, a large one is laid out in pieces', () => {
  expect(drawn('x'.repeat(8000)).querySelectorAll('.raw-piece')).toHaveLength(0);
  const large = `{"a":"${'x'.repeat(100_000)}"}`;
  expect(drawn(large).textContent).toBe(large);
  expect(drawn(large).querySelectorAll('.raw-piece')).toHaveLength(25);
  expect(drawn(large, undefined, false).querySelectorAll('.raw-piece')).toHaveLength(25);
});

test('the mark is at its place, in whichever piece', () => {
  const text = Array.from({ length: 20_000 }, (_, index) => String.fromCharCode(97 + (index % 26))).join('');
  for (const at of [0, 4095, 4096, 12_345, 19_999]) {
    const pre = drawn(text, at);
    const marks = [...pre.querySelectorAll('mark')];
    expect(marks.map(({ textContent }) => textContent)).toEqual([text[at]]);
    const before = document.createRange();
    before.setStart(pre, 0);
    if (marks[0]) before.setEndBefore(marks[0]);
    expect(before.toString()).toBe(text.slice(0, at));
    expect(pre.textContent).toBe(text);
  }
});

test('the copied text has no line ends between its pieces', () => {
  const text = 'abcdefgh'.repeat(2000);
  const pre = drawn(text);
  getSelection()?.selectAllChildren(pre);
  const data = new DataTransfer();
  const event = new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true });
  pre.dispatchEvent(event);
  expect([event.defaultPrevented, data.getData('text/plain')]).toEqual([true, text]);
});
