// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { View } from '../../../helpers/view.tsx';

// A key that is pressed while nothing has the focus goes to DevTools: Firefox's open their console on Escape, and take the window's focus.

let view: View;

beforeEach(() => {
  view = new View();
  view.update(() => view.world.addSocket());
});

/** A click as a page hears it, and what is drawn for it, but none of what waits for the next picture. */
async function click(element: Element | undefined): Promise<void> {
  element?.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
  await Promise.resolve();
  await Promise.resolve();
}

const form = () => view.all('form').at(-1);

test.each([
  ['Send to several sockets', 'Done'],
  ['Send repeatedly', 'Done'],
  ['Save message', 'Cancel'],
])(
  '%s has the keyboard as soon as it is drawn, and the button that opened it when it is gone',
  async (name, end) => {
    view.click(view.one('button', 'More'));
    await click(view.one('menuitem', name));
    expect(form()?.contains(document.activeElement)).toBe(true);
    await click(view.one('button', end));
    expect(document.activeElement).toBe(view.one('button', 'More'));
  },
);

test('a repetition that starts leaves the keyboard in its form', async () => {
  view.click(view.one('button', 'More'));
  view.click(view.one('menuitem', 'Send repeatedly'));
  const start = view.one('button', 'Start');
  start.focus();
  form()?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  await Promise.resolve();
  await Promise.resolve();
  expect(form()?.contains(document.activeElement)).toBe(true);
  expect(document.activeElement?.matches(':disabled')).toBe(false);
});
