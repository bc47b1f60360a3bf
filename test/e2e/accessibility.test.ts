import { describe, expect, it } from 'vitest';
import { axeProblems } from './helpers/axe.ts';
import { openSocket, type TestWindow } from './helpers/page.ts';
import { selectRow, showSocket, showTab } from './helpers/panel.ts';
import { BLANK, useStage } from './helpers/stage.ts';

const THEMES = ['light', 'dark'] as const;
const SIZES = [
  [1400, 700],
  [420, 600],
] as const;

describe('what axe-core finds wrong', () => {
  const stage = useStage('chromium');

  /** In both themes, wide and narrow. */
  async function everywhere(): Promise<string[]> {
    const problems: string[] = [];
    for (const theme of THEMES) {
      await stage.panel.setTheme(theme);
      await stage.panel.waitFor((wanted: string) => document.documentElement.dataset.theme === wanted, theme);
      for (const [width, height] of SIZES) {
        await stage.panel.resize(width, height);
        for (const problem of await axeProblems(stage.panel)) problems.push(`${theme} ${width}: ${problem}`);
      }
    }
    return problems;
  }

  it('is nothing while there is no socket', async () => {
    expect(await everywhere()).toEqual([]);
  });

  it('is nothing in what opens above the list', async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/menus', BLANK));
    await openSocket(page, `${server.sockets}/menus`, 'main');
    await page.evaluate(() => (window as unknown as TestWindow).sockets.main?.send('hello'));
    await selectRow(panel, 'hello');
    await panel.fill('searchbox', 'Filter frames', 'len:>');
    expect(await everywhere(), 'a wrong filter').toEqual([]);
    await panel.fill('searchbox', 'Filter frames', '');
    await panel.resize(1400, 700);
    await panel.click('row', { contains: 'hello' }, { button: 'right' });
    await panel.element('menu');
    expect(await axeProblems(panel), 'the menu of a row').toEqual([]);
    await panel.press('Escape');
    await panel.click('button', 'Export');
    await panel.element('menu');
    expect(await axeProblems(panel), 'the menu of the export').toEqual([]);
    await panel.press('Escape');
    await panel.click('button', 'Types');
    await panel.element('checkbox', { contains: 'text without a type' });
    expect(await axeProblems(panel), 'the message types').toEqual([]);
    await panel.press('Escape');
    await panel.click('button', 'Close socket');
    expect(await everywhere(), 'the form that closes a socket').toEqual([]);
  });

  it('is nothing among frames, in each view of a frame', async () => {
    const { page, panel, server } = stage;
    await page.navigate(server.serve('/page', BLANK));
    await openSocket(page, `${server.sockets}/socket`, 'main');
    const connection = await server.connection('/socket');
    connection.send('{"type":"trade","price":1.5,"nested":{"list":[1,null,true,"text"]}}');
    connection.send('{"broken": ');
    connection.send(new Uint8Array([0, 1, 2, 255]));
    await showSocket(panel, '/socket');
    await selectRow(panel, 'trade');
    for (const tab of ['Preview', 'Raw', 'Hex', 'Diff', 'Info'] as const) {
      await panel.resize(1400, 700);
      await showTab(panel, tab);
      expect(await everywhere(), tab).toEqual([]);
    }
  });
});
