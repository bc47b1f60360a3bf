// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { SETTINGS } from '../../../../../src/panel/settings/schema.ts';
import { documentLabel } from '../../../../../src/panel/views/sockets/document-label.ts';
import { ReadyState } from '../../../../../src/protocol/sockets.ts';
import { View } from '../../../helpers/view.tsx';

let view: View;
beforeEach(() => {
  view = new View();
});

const list = () => view.one('listbox', 'Sockets');
const options = () => view.all('option').map(({ textContent }) => textContent ?? '');
const option = (name: RegExp) => view.one('option', name);
const paths = () => options().map((text) => new URL(text.split(' ')[0] ?? '').pathname);
const rows = () => view.world.shown();

/** Sockets 1 to 3 are attempts of one, each with a frame of its own; 4 is another one. */
function reconnects(): void {
  view.update(() => {
    for (const id of [1, 2, 3]) {
      const end = id < 3 ? { readyState: ReadyState.closed, closedAt: id * 10_000 + 5000 } : {};
      view.world.addSocket({ id, url: `wss://a.test/feed?t=${id}`, createdAt: id * 10_000, ...end });
    }
    view.world.addSocket({ id: 4, url: 'wss://a.test/chat' });
    view.world.addFrames(...[1, 2, 3, 4].map((socket) => ({ payload: `of ${socket}`, socket })));
  });
}

/** Opens the menu of an option and chooses from it. */
async function choose(name: RegExp, item: string): Promise<void> {
  view.update(() => option(name).dispatchEvent(new MouseEvent('contextmenu', { bubbles: true })));
  await pick(/^menuitem/, item);
}

async function pick(role: RegExp, item: string): Promise<void> {
  const found = () =>
    [...document.querySelectorAll<HTMLElement>('[role^=menuitem]')].find(
      (entry) => role.test(entry.getAttribute('role') ?? '') && entry.textContent?.startsWith(item),
    );
  await expect.poll(found).toBeDefined();
  const entry = found();
  if (entry) view.click(entry);
}

test('a line names the subprotocol or, if there is none, the protocol that the address indicates', () => {
  view.update(() => {
    view.world.addSocket({ url: 'wss://a.test/socket.io/?EIO=4' });
    view.world.addSocket({ id: 2, url: 'wss://a.test/graphql', protocol: 'graphql-transport-ws' });
  });
  expect(options()).toEqual([
    expect.stringContaining('0 B · Socket.IO'),
    expect.stringContaining('0 B · graphql-transport-ws'),
  ]);
});

test.each([
  ['https://a.test/js/worker.js?v=1', 'worker · /js/worker.js?v=1'],
  [
    'blob:https://a.test/96e5e747-8d11-4a2f-9c7e-000000000001',
    'worker · blob:96e5e747-8d11-4a2f-9c7e-000000000001',
  ],
])('a worker is named by its script: %s', (url, label) => {
  const identity = { document: 'w', frameId: 0, url, isWorker: true };
  expect(documentLabel({ identity, isGone: false })).toBe(label);
  expect(
    documentLabel({ identity: { ...identity, isWorker: false }, isGone: false, readOnly: 'worker' }),
  ).toBe(label);
});

describe('attempts to one endpoint', () => {
  test('say each which one they are, as soon as there are two', () => {
    const url = 'wss://a.test/feed';
    view.update(() =>
      view.world.addSocket({ url, createdAt: 1000, closedAt: 2000, readyState: ReadyState.closed }),
    );
    expect(options()[0]).not.toContain('attempt');
    view.update(() => view.world.addSocket({ id: 2, url, createdAt: 3000 }));
    expect(options()).toEqual([expect.stringContaining('attempt 1'), expect.stringContaining('attempt 2')]);
    reconnects();
    view.press(list(), 'Home');
    view.press(list(), 'ArrowRight');
    expect(options().filter((text) => /attempt \d+/.test(text)).length).toBeGreaterThan(2);
  });

  test('are one line that says how many, and shows the frames of all of them', () => {
    reconnects();
    expect(paths()).toEqual(['/feed', '/chat']);
    expect(options()[0]).toContain('OPEN');
    expect(options()[0]).toContain('3 attempts · 3 · 12 B');
    expect(options()[0]).toContain('2 earlier attempts folded');
    view.click(option(/feed/));
    expect(rows()).toEqual(['of 1', 'of 2', 'of 3']);
    expect(option(/feed/).getAttribute('aria-selected')).toBe('true');
  });

  test('are shown one by one with →, each with the time without a connection, and folded with ←', () => {
    reconnects();
    view.click(option(/feed/));
    view.press(list(), 'ArrowRight');
    expect(paths()).toEqual(['/feed', '/feed', '/feed', '/chat']);
    expect(options()[1]).toContain('attempt 2 · gap 5.0 s');
    expect(rows()).toEqual(['of 3']);
    view.press(list(), 'ArrowDown');
    expect(rows()).toEqual(['of 2']);
    view.press(list(), 'ArrowLeft');
    expect(paths()).toEqual(['/feed', '/chat']);
    expect(rows()).toEqual(['of 1', 'of 2', 'of 3']);
  });

  test('that was shown alone before they were folded is shown with the others by a click', () => {
    reconnects();
    view.update(() => view.world.model.shownLine.showSocket(3));
    expect(rows()).toEqual(['of 3']);
    view.click(option(/feed/));
    expect(rows()).toEqual(['of 1', 'of 2', 'of 3']);
    view.click(option(/feed/));
    expect(rows()).toHaveLength(4);
  });

  test('are followed: the next one joins those that are shown', () => {
    reconnects();
    view.click(option(/feed/));
    view.update(() => {
      view.world.addSocket({
        id: 3,
        url: 'wss://a.test/feed?t=3',
        createdAt: 30_000,
        readyState: 3,
        closedAt: 35_000,
      });
      view.world.addSocket({ id: 5, url: 'wss://a.test/feed?t=5', createdAt: 40_000 });
      view.world.addFrames({ payload: 'of 5', socket: 5 });
    });
    expect(options()[0]).toContain('4 attempts');
    expect(rows()).toEqual(['of 1', 'of 2', 'of 3', 'of 5']);
    expect(option(/feed/).getAttribute('aria-selected')).toBe('true');
  });
});

describe('a socket', () => {
  test('is hidden with its present and future frames, and shown again', () => {
    reconnects();
    view.click(option(/chat/));
    view.press(list(), 'Delete');
    expect(paths()).toEqual(['/feed']);
    expect(rows()).toEqual(['of 1', 'of 2', 'of 3']);
    view.update(() => {
      view.world.addSocket({ id: 6, url: 'wss://a.test/chat' });
      view.world.addFrames({ payload: 'unseen', socket: 6 }, { payload: 'seen', socket: 3 });
    });
    expect(rows().slice(3)).toEqual(['seen']);
    expect(document.querySelector('.hidden-sockets')?.textContent).toContain('2 hidden');
    const show = view.one('button', 'Show');
    show.focus();
    view.click(show);
    expect(document.activeElement, 'the button has gone').toBe(view.one('listbox', 'Sockets'));
    expect(rows()).toHaveLength(6);
    expect(paths()).toEqual(['/feed', '/chat', '/chat']);
    expect(document.querySelector('.hidden-sockets')).toBeNull();
  });

  test('that was hidden is there again once that is undone, alone if it was', () => {
    reconnects();
    view.click(option(/chat/));
    const alone = rows();
    view.press(list(), 'Delete');
    expect(paths()).toEqual(['/feed']);
    view.press(document.body, 'z', { ctrlKey: true });
    expect(paths()).toEqual(['/feed', '/chat']);
    expect(rows()).toEqual(alone);
    expect(localStorage.getItem('socket-marks')).toBe('[]');
  });

  test('is pinned to the top, and that is remembered by its endpoint', async () => {
    reconnects();
    await choose(/chat/, 'Pin');
    expect(paths()).toEqual(['/chat', '/feed']);
    expect(localStorage.getItem('socket-marks')).toContain('wss://a.test/chat');
    view.click(option(/chat/));
    view.press(list(), 'p');
    expect(paths()).toEqual(['/feed', '/chat']);
    expect(localStorage.getItem('socket-marks')).toBe('[]');
  });

  test('has a colour of its own', async () => {
    reconnects();
    await choose(/chat/, 'Blue');
    expect(option(/chat/).dataset.colour).toBe('blue');
    expect(option(/feed/).dataset.colour).toBe('none');
    const colours = [...document.querySelectorAll<HTMLElement>('.rows [role=row]')].map(
      ({ dataset }) => dataset.colour,
    );
    expect(colours).toEqual([undefined, undefined, undefined, 'blue']);
  });

  test('shows how many frames there are a second, and a curve', () => {
    vi.useFakeTimers({ now: Date.now() });
    try {
      view = new View();
      reconnects();
      vi.advanceTimersByTime(1000);
      view.update(() => view.world.addFrames(...[1, 2, 3].map(() => ({ payload: 'x', socket: 4 }))));
      vi.advanceTimersByTime(1000);
      view.update(() => undefined);
      expect(option(/chat/).textContent).toContain('1/s');
      expect(option(/chat/).querySelector('path')?.getAttribute('d')).toMatch(
        /^M0\.0 13\.0L.*L52\.1 1\.0|L54\.0 1\.0$/,
      );
    } finally {
      vi.useRealTimers();
    }
  });
});

test('the order of sockets is chosen from a menu', async () => {
  reconnects();
  view.click(view.one('button', 'Order of the sockets'));
  await pick(/radio/, 'By name');
  expect(paths()).toEqual(['/chat', '/feed']);
});

test('lines sorted by size do not move while the pointer is in the list', () => {
  const grow = (socket: number, by: number) => {
    vi.setSystemTime(Date.now() + 1000); // sizes are looked at once a second
    view.update(() => view.world.addFrames({ payload: 'x'.repeat(by), socket }));
    view.update(() => undefined);
  };
  vi.useFakeTimers({ now: Date.now(), toFake: ['Date'] });
  try {
    view = new View();
    reconnects();
    view.update(() => {
      view.world.model.settings.of(SETTINGS.socketOrder).value = 'bytes';
    });
    grow(4, 100);
    expect(paths()).toEqual(['/chat', '/feed']);
    view.update(() => list().dispatchEvent(new MouseEvent('mouseenter')));
    grow(3, 200);
    expect(paths()).toEqual(['/chat', '/feed']);
    view.update(() => list().dispatchEvent(new MouseEvent('mouseleave')));
    expect(paths()).toEqual(['/feed', '/chat']);
  } finally {
    vi.useRealTimers();
  }
});

test('lines sorted by state do not move while the focus is in the list', () => {
  view.update(() => {
    view.world.addSocket({ id: 1, url: 'wss://a.test/one' });
    view.world.addSocket({ id: 2, url: 'wss://a.test/two' });
    view.world.model.settings.of(SETTINGS.socketOrder).value = 'state';
  });
  const close = (id: number) =>
    view.update(() =>
      view.world.addSocket({
        id,
        url: 'wss://a.test/one',
        readyState: ReadyState.closed,
        closedAt: Date.now(),
      }),
    );
  view.update(() => list().focus());
  close(1);
  expect(paths()).toEqual(['/one', '/two']);
  view.update(() => list().blur());
  expect(paths()).toEqual(['/two', '/one']);
});

describe('of five hundred sockets', () => {
  const places = () =>
    view.all('option').map((one) => [one.getAttribute('aria-posinset'), one.getAttribute('aria-setsize')]);
  const many = () =>
    view.update(() => {
      for (let id = 1; id <= 500; id++) view.world.addSocket({ id, url: `wss://a.test/${id}` });
    });

  test('only those in sight and near it are in the document, and say which of all they are', () => {
    many();
    expect(view.all('option').length).toBeLessThan(60);
    expect(places()[2]).toEqual(['3', '500']);
    view.update(() => {
      list().scrollTop = 10_000;
      list().dispatchEvent(new Event('scroll'));
    });
    const [first] = places();
    expect(Number(first?.[0])).toBeGreaterThan(200);
    expect(paths()[0]).toBe(`/${first?.[0]}`);
    const rooms = [...document.querySelectorAll<HTMLElement>('[role=group] > [role=presentation][style]')];
    const room = rooms.reduce((sum, { style }) => sum + Number.parseFloat(style.height), 0);
    expect(room).toBe((500 - view.all('option').length) * 38);
  });

  test('the keyboard leads to each, and the active one is in the document', () => {
    many();
    view.press(list(), 'End');
    expect(view.world.model.filter.socket.value).toBe(500);
    expect(list().getAttribute('aria-activedescendant')).toBe('socket-500');
    expect(option(/\/500 /).getAttribute('aria-posinset')).toBe('500');
    view.press(list(), 'ArrowUp');
    view.press(list(), 'Home');
    expect(list().scrollTop).toBe(0);
    expect(option(/\/1 /).getAttribute('aria-selected')).toBe('true');
  });
});
