import { describe, expect, it } from 'vitest';
import { ledger, nextPicture, SOON } from './helpers/panel.ts';
import { BROWSERS, useStage } from './helpers/stage.ts';

/** A page with one socket to whatever the test serves. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>One socket</title><script>
  const socket = new WebSocket(location.origin.replace('http', 'ws') + '/feed');
  socket.onopen = () => socket.send('hello');
</script>`;

/** One value of it cannot be. */
const BROKEN_SETTINGS = `{ "framescope": "settings", "version": 1, "settings": {
  "theme": "light",
  "raw-wraps": 1 } }`;

/** Runs in the panel: a file as if a person had chosen it. */
function takeFile(field: string, text: string): void {
  const input = document.querySelector<HTMLInputElement>(field);
  if (!input) throw new Error('there is no place for a file');
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], 'settings.json'));
  input.files = transfer.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

describe.each(BROWSERS)('commands in %s', (name) => {
  const stage = useStage(name);

  /** The names of the dialogs that are open. */
  const dialogs = () =>
    stage.panel.evaluate(() => [...document.querySelectorAll('dialog[open]')].map((one) => one.ariaLabel));

  it('are found by name and run by keys, which DevTools leave to the panel', async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/one-socket', PAGE));
    await expect.poll(async () => (await ledger(panel)).frames, SOON).toBeGreaterThan(1);

    await panel.focus('grid', 'Frames');
    await panel.press('k', ['Control']);
    await panel.element('combobox', 'Type a command or a socket');
    await panel.type('pau');
    await panel.press('Enter');
    await expect.poll(async () => (await panel.element('button', 'Pause')).states.pressed, SOON).toBe('true');
    await expect.poll(dialogs, SOON).toEqual([]);
    await panel.press('e', ['Control']);
    await expect
      .poll(async () => (await panel.element('button', 'Pause')).states.pressed, SOON)
      .toBe('false');

    await panel.press('k', ['Control']);
    await panel.element('combobox', 'Type a command or a socket');
    await panel.type('feed');
    await panel.press('Enter');
    await panel.waitFor(() => document.querySelector('[role=option][aria-selected=true]') !== null);

    await panel.press('?', ['Shift']);
    await expect.poll(dialogs, SOON).toEqual(['Keyboard shortcuts']);
    await panel.press('Escape');
    await expect.poll(dialogs, SOON).toEqual([]);

    await panel.press('/');
    await panel.type('?k');
    await expect.poll(async () => (await panel.element('searchbox', 'Filter frames')).value, SOON).toBe('?k');
    expect(await dialogs()).toEqual([]);
  });

  it('set what is in the settings, also from a file, and undo what they have hidden, cleared or deleted', async () => {
    const { panel } = stage;
    const theme = () => panel.evaluate(() => document.documentElement.dataset.theme);
    const columns = async () => (await panel.elements('columnheader')).map((column) => column.name);
    await panel.fill('searchbox', 'Filter frames', '');
    await panel.focus('grid', 'Frames');
    await panel.press(',', ['Control']);
    await panel.fill('combobox', 'Theme', 'dark');
    await expect.poll(theme, SOON).toBe('dark');
    await panel.click('checkbox', 'Note');
    await expect.poll(columns, SOON).toContain('Note');
    await panel.evaluate(takeFile, '.settings input[type=file]', BROKEN_SETTINGS);
    await panel.waitForText('Line 3: “raw-wraps” must be true | false.');
    await expect.poll(theme, SOON).toBe('light');
    await panel.click('button', 'Reset to defaults');
    await expect.poll(columns, SOON).not.toContain('Note');
    await panel.click('button', 'Undo', { nth: -1 }); // the one before it lies below the dialog
    await expect.poll(columns, SOON).toContain('Note');
    await panel.press('Escape');

    const frames = async () => (await ledger(panel)).frames;
    const before = await frames();
    await panel.press('l', ['Control']);
    await expect.poll(frames, SOON).toBe(0);
    await panel.press('z', ['Control']);
    await expect.poll(frames, SOON).toBe(before);

    await panel.element('option', { contains: '/feed' });
    await panel.press('s');
    await panel.waitFor(() => document.activeElement?.role === 'listbox');
    await panel.press('ArrowDown');
    await panel.waitFor(() => document.querySelector('[role=option][aria-selected=true]') !== null);
    await panel.press('Delete');
    await panel.waitForText('1 hidden');
    await panel.press('z', ['Control']);
    await expect.poll(async () => (await panel.elements('option')).length, SOON).toBe(1);

    await panel.fill('textbox', 'Message', 'kept');
    await panel.click('button', 'More');
    await panel.click('menuitem', 'Save message');
    await panel.fill('textbox', 'Name', 'mine');
    await panel.press('Enter');
    await panel.click('button', 'More');
    await panel.click('menuitem', 'Show saved messages');
    await panel.waitFor(() => document.activeElement?.closest('.saved') !== null);
    await panel.press('ArrowDown');
    await panel.waitFor(() => document.activeElement?.classList.contains('saved-item'));
    await panel.press('Delete');
    await expect.poll(() => panel.elements('button', { contains: 'mine kept' }), SOON).toEqual([]);
    await panel.press('z', ['Control']);
    await panel.element('button', { contains: 'mine kept' });
  });

  it.each([
    ['Types', '.types:popover-open'],
    ['memory', '.limits:popover-open'],
    ['Saved filters', '.filter-sheet'],
    ['Filter language', '.filter-sheet'],
  ])('of “%s” are not left open over what the keyboard goes on to', async (button, opened) => {
    const { panel } = stage;
    const isOpen = () => panel.evaluate((place: string) => document.querySelector(place) !== null, opened);
    const open = async () => {
      await panel.focus('button', { contains: button });
      await panel.press('Enter');
      await panel.waitFor((place: string) => document.querySelector(`${place} > *`) !== null, opened);
      await nextPicture(panel); // some take the focus
    };
    await open();
    await panel.focus('grid', 'Frames');
    await expect.poll(isOpen, SOON).toBe(false);
    expect(await panel.evaluate(() => document.activeElement?.ariaLabel)).toBe('Frames');
    await open();
    await panel.focus('button', { contains: button });
    await panel.press('Escape');
    await expect.poll(isOpen, SOON).toBe(false);
    expect(
      await panel.evaluate(
        (name: string) => document.activeElement?.matches(`[aria-label="${name}"], .memory, .types-button`),
        button,
      ),
    ).toBe(true);
  });
});
