import { describe, expect, it } from 'vitest';
import { ledger, SOON } from './helpers/panel.ts';
import { BROWSERS, useStage } from './helpers/stage.ts';

/** A page with one socket to whatever the test serves. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>One socket</title><script>
  const socket = new WebSocket(location.origin.replace('http', 'ws') + '/feed');
  socket.onopen = () => socket.send('hello');
</script>`;

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
    expect(await dialogs()).toEqual([]);
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
    expect((await panel.element('searchbox', 'Filter frames')).value).toBe('?k');
    expect(await dialogs()).toEqual([]);
  });
});
