// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { clearList } from '../../../../src/panel/model/undo/clearing.ts';
import type { Obstacle } from '../../../../src/panel/session/documents/obstacle.ts';
import { soon, View } from '../../helpers/view.tsx';

// What is read out to people who do not see the panel, and what is not.

let view: View;
let obstacle: Obstacle;

beforeEach(() => {
  view = new View();
  obstacle = 'none';
  vi.spyOn(view.world.session, 'obstacle', 'get').mockImplementation(() => obstacle);
  view.update(() => {
    view.world.addSocket({ url: 'wss://example.test/feed' });
    view.world.addTexts('one', 'two');
  });
});

const said = () => view.all('status').map(({ textContent }) => textContent);
const bar = () => document.querySelector('.obstacle-bar')?.textContent ?? '';

function meet(next: Obstacle): void {
  view.update(() => {
    obstacle = next;
  });
}

describe('why no frames come any more', () => {
  test('is said when it begins and when it is over, but not with each navigation', () => {
    meet('looking');
    meet('none');
    expect(said().join('')).not.toContain('capture');
    meet('connection-lost');
    expect(said()).toContainEqual(
      expect.stringMatching(/^The connection to the page is lost\. What was captured is kept\./),
    );
    meet('looking');
    expect(said()).toContainEqual(
      expect.stringMatching(/^The connection to the page is lost\. What was captured is kept\./),
    );
    meet('none');
    expect(said()).toContain('Capturing continues.');
  });

  test('is said of a pause by key', () => {
    view.press(document.body, 'e', { ctrlKey: true });
    expect(said()).toContain('Capturing is paused. Frames that arrive are counted, not stored.');
    view.press(document.body, 'e', { ctrlKey: true });
    expect(said()).toContain('Capturing continues.');
  });

  test('is shown also where no frame passes the filter', () => {
    meet('connection-lost');
    view.update(() => view.world.model.filter.setText('nowhere'));
    expect(bar()).toContain('The connection to the page is lost');
    expect(document.querySelector('.empty')?.textContent).toContain('There are 2 frames.');
  });

  test('is all that is said where there are no frames to filter', () => {
    view.update(() => view.world.model.filter.setText('nowhere'));
    view.update(() => clearList(view.world.model));
    expect(document.querySelector('.empty')?.textContent).toContain('No frames yet');
    meet('connection-lost');
    expect(document.querySelector('.empty')?.textContent).toContain('The connection to the page is lost');
  });
});

describe('the filter', () => {
  test('says what is wrong when the keys have come to rest', async () => {
    view.update(() => view.world.model.filter.setText('len:many'));
    expect(document.querySelector('#filter-problem')?.textContent).toContain('is not a length');
    expect(said().join('')).not.toContain('is not a length');
    await soon(() => {
      view.update(() => undefined);
      expect(said().join('')).toContain('“many” is not a length');
    });
  });

  test('says how many frames another direction has', async () => {
    view.click(view.one('button', 'Sent'));
    await soon(() => {
      view.update(() => undefined);
      expect(said()).toContain('Frames found: 0');
    });
  });
});

test('a star that is set or taken away by key is told of, and of several how many', async () => {
  const grid = view.one('grid', 'Frames');
  const told = async (words: string) => {
    view.press(grid, '*');
    await soon(() => {
      view.update(() => undefined);
      expect(document.querySelector('.notice[aria-live] bdi')?.textContent).toBe(words);
    });
  };
  view.press(grid, 'End');
  await told('Star added');
  await told('Star removed');
  view.press(grid, 'Home', { shiftKey: true });
  await told('Stars added: 2');
  await told('Stars removed: 2');
});

test('what was done twice is told twice, though in the same words', () => {
  const words = () => document.querySelector('.notice bdi');
  view.update(() => view.world.model.tell('good', 'Sent 3 B'));
  const first = words();
  view.update(() => undefined);
  expect(words()).toBe(first);
  view.update(() => view.world.model.tell('good', 'Sent 3 B'));
  expect(words()?.textContent).toBe('Sent 3 B');
  expect(words()).not.toBe(first);
});

test('of rows and sockets nothing is read out that is not there, or twice', () => {
  const [, row] = view.all('row');
  expect(row?.querySelector('[role=gridcell]')?.getAttribute('title')).toBeNull();
  const option = view.one('option');
  const spoken = [...option.children].filter((part) => part.getAttribute('aria-hidden') !== 'true');
  expect(spoken.map(({ textContent }) => textContent?.trim()).filter(Boolean)).toEqual([
    'wss://example.test/feed OPEN, 2 frames, 6 B',
  ]);
});
