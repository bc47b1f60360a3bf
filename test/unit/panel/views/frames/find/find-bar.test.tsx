// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { View } from '../../../../helpers/view.tsx';

let view: View;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  view = new View();
  view.update(() => {
    view.world.addSocket();
    view.world.addTexts('apple', 'pear', 'apple pie');
  });
  view.update(() => {
    view.world.model.findRequests.value++;
  });
  view.update(() => undefined);
});

afterEach(() => vi.useRealTimers());

const field = () => view.one('textbox', 'Find in frames') as HTMLInputElement;
const seen = () => document.querySelector('.find-count')?.textContent;
const heard = () => view.one('status', 'Find in frames').textContent;
const wait = (ms: number) => view.update(() => vi.advanceTimersByTime(ms));

test('the result is announced once typing has stopped, and not again as frames arrive', () => {
  view.type(field(), 'ap');
  wait(300);
  view.type(field(), 'apple');
  wait(500);
  expect(seen()).toMatch(/2/);
  expect(heard()).toBe('');
  wait(200);
  expect(heard()).toBe(seen());
  const before = heard();
  view.update(() => view.world.addTexts('apple', 'apple'));
  wait(1000);
  expect(seen()).toMatch(/4/);
  expect(heard()).toBe(before);
});
