// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { soon, View } from '../../../helpers/view.tsx';

let view: View;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  view = new View();
  view.world.addSocket({ url: 'wss://example.test/feed' });
  view.world.addSocket({ url: 'wss://example.test/chat' });
  view.update(() => view.world.addTexts('one', 'two'));
});

const CTRL = { ctrlKey: true };
const lines = () => view.all('option').filter(({ id }) => id.startsWith('palette-'));
const label = (line: Element | undefined) => line?.querySelector('.palette-label')?.textContent;

function openPalette(): HTMLElement {
  view.press(document.body, 'k', CTRL);
  return view.one('combobox', 'Type a command or a socket');
}

/** The command runs once the dialog has gone. */
function choose(field: HTMLElement, query: string): void {
  view.type(field, query);
  view.press(field, 'Enter');
  view.update(() => vi.advanceTimersByTime(1));
}

describe('the palette', () => {
  test('lists commands with their keys, and sockets', () => {
    openPalette();
    const clear = lines().find((line) => label(line) === 'Clear');
    expect(clear?.querySelector('kbd')?.textContent).toBe('Ctrl+L');
    expect(lines().map(label)).toContain('Socket /feed example.test #1');
    // Nothing can be sent again while no frame is selected.
    expect(lines().map(label)).not.toContain('Resend');
  });

  test('runs what was typed, and goes', () => {
    choose(openPalette(), 'pau');
    expect(view.world.model.isPaused.value).toBe(true);
    expect(lines()).toEqual([]);
  });

  test('goes to a socket by its name', () => {
    choose(openPalette(), 'chat');
    expect(view.world.model.filter.socket.value).toBe(2);
  });

  test('moves by arrows, and says where it is', () => {
    const field = openPalette();
    const all = lines();
    view.press(field, 'ArrowUp');
    expect(field.getAttribute('aria-activedescendant')).toBe(all.at(-1)?.id);
    view.press(field, 'ArrowDown');
    view.press(field, 'ArrowDown');
    expect(field.getAttribute('aria-activedescendant')).toBe(all[1]?.id);
    expect(lines()[1]?.getAttribute('aria-selected')).toBe('true');
  });

  test('says that nothing is called so', () => {
    view.type(openPalette(), 'qqqq');
    expect(lines()).toEqual([]);
    expect(document.body.textContent).toContain('No such command or socket.');
  });

  test('goes with Escape, which no one else hears of', () => {
    const heard = vi.fn();
    document.addEventListener('keydown', heard, { once: true });
    view.press(openPalette(), 'Escape');
    expect(lines()).toEqual([]);
    expect(heard).not.toHaveBeenCalled();
  });
});

describe('dialogs', () => {
  test('are not shut by the end of the one before, of which browsers tell a little later', () => {
    const palette = openPalette().closest('dialog');
    view.update(() => {
      view.world.model.dialog.value = undefined;
    });
    view.update(() => {
      view.world.model.dialog.value = 'settings';
    });
    view.update(() => palette?.dispatchEvent(new Event('close')));
    expect(view.world.model.dialog.value).toBe('settings');
  });
});

describe('keys', () => {
  test('run commands, and DevTools do not hear of them', () => {
    const heard = vi.fn();
    document.addEventListener('keydown', heard, { once: true });
    view.press(document.body, 'e', CTRL);
    expect(view.world.model.isPaused.value).toBe(true);
    expect(heard).not.toHaveBeenCalled();
    view.press(document.body, 'q', CTRL);
    expect(heard).toHaveBeenCalledOnce();
  });

  test('do nothing while something is typed, but for the palette', () => {
    const field = view.one('searchbox', 'Filter frames');
    view.press(field, '?');
    view.press(field, 'e', CTRL);
    expect(view.world.model.dialog.value).toBeUndefined();
    expect(view.world.model.isPaused.value).toBe(false);
    view.press(field, 'k', CTRL);
    expect(view.world.model.dialog.value).toBe('palette');
  });

  test('are listed', () => {
    view.press(document.body, '?', { shiftKey: true });
    const keys = view.one('region', 'Panel');
    expect(keys.textContent).toMatch(/Clear.*Ctrl\+L/);
    expect(view.all('region', 'Composer').at(-1)?.textContent).toMatch(
      /next mistake.*F8.*empty editor.*↑.*↓/,
    );
    expect(view.one('region', 'Frame').textContent).toMatch(/Resend.*Shift\+R/);
    expect(view.one('region', 'In the preview').textContent).toMatch(/Copy the path.*Ctrl\+Shift\+C/);
  });

  test('of the list of frames work there alone', () => {
    view.press(document.body, 'a', CTRL);
    expect(view.world.model.selection.isEmpty).toBe(true);
    view.press(view.one('grid', 'Frames'), 'a', CTRL);
    expect(view.world.model.selection.count(view.world.model.filter.view)).toBe(2);
  });

  test('send the frame again that the keyboard is on', async () => {
    view.press(document.body, 'r', { shiftKey: true });
    expect(view.world.run).not.toHaveBeenCalled();
    view.press(view.one('grid', 'Frames'), 'End');
    view.press(document.body, 'R', { shiftKey: true });
    await soon(() => expect(view.world.run).toHaveBeenCalledOnce());
  });
});

test('F6 goes from pane to pane, with Shift back, and in each to where the focus was', async () => {
  vi.useRealTimers();
  const focus = () =>
    document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;
  const walk = async (shiftKey: boolean, to: string) => {
    view.press(document.activeElement as HTMLElement, 'F6', { shiftKey });
    await soon(() => expect(focus()).toBe(to));
  };
  await walk(false, 'Filter frames');
  await walk(false, 'Sockets');
  await walk(false, 'Frames');
  view.one('columnheader', 'Length').focus();
  await walk(false, 'Preview');
  await walk(false, 'Message');
  await walk(true, 'Preview');
  await walk(true, 'Length');
  await walk(true, 'Sockets');
});
