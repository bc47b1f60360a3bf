// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, test } from 'vitest';
import { Menu } from '../../../../../src/panel/views/controls/menu.tsx';

test('the pointer takes the focus along when it moves, not when it rests', () => {
  const root = document.body.appendChild(document.createElement('div'));
  const entries = ['Resend', 'Text'].map((label) => ({ type: 'item', label, run: () => undefined }) as const);
  void act(() =>
    render(<Menu label="Frame" entries={entries} place={{ x: 0, y: 0 }} onClose={() => undefined} />, root),
  );
  const [first, second] = root.querySelectorAll<HTMLElement>('[role=menuitem]');
  const point = (movementX: number) =>
    first?.dispatchEvent(
      Object.assign(new Event('pointermove', { bubbles: true }), { movementX, movementY: 0 }),
    );
  second?.focus();
  point(0);
  expect(document.activeElement).toBe(second);
  point(2);
  expect(document.activeElement).toBe(first);
});
