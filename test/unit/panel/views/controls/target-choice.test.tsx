// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { View } from '../../../helpers/view.tsx';

test('of sockets without end the newest are offered, and the one that is shown', () => {
  const view = new View();
  view.update(() => {
    for (let count = 0; count < 600; count++) view.world.addSocket();
    view.world.model.shownLine.showSocket(7);
  });
  const options = [...document.querySelectorAll<HTMLOptionElement>('select.target option')];
  expect(options).toHaveLength(501);
  expect([options[0]?.value, options[1]?.value, options.at(-1)?.value]).toEqual(['7', '101', '600']);
  expect(document.querySelector<HTMLSelectElement>('select.target')?.value).toBe('7');
});
