import { describe, expect, it } from 'vitest';
import { openSocket, sendTexts } from './helpers/page.ts';
import { expectLines, lines, SOON, showSocket } from './helpers/panel.ts';
import { BROWSERS, useStage } from './helpers/stage.ts';

describe.each(BROWSERS)('the columns of the frame list in %s', (name) => {
  const stage = useStage(name);

  it('are resized, moved and hidden with the pointer, and stand above their cells', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/columns`);
    await showSocket(panel, '/columns');
    await sendTexts(page, ['{"type":"a-message-of-a-long-name"}']);
    await expectLines(panel, ['open connected', 'sent text 35 {"type":"a-message-of-a-long-name"}']);
    const places = () =>
      panel.evaluate(() => {
        const places = (line: Element | null | undefined) =>
          [...(line?.children ?? [])].map((cell) => {
            const { left, width } = cell.getBoundingClientRect();
            return [Math.round(left), Math.round(width)] as const;
          });
        const names = [...document.querySelectorAll('[role=columnheader]')].map((one) => one.ariaLabel);
        const lines = document.querySelectorAll('[role=grid][aria-label=Frames] [role=row]');
        return { names, header: places(lines[0]), cells: places(lines[1]) };
      });
    const width = async (column: string) => {
      const { names, header } = await places();
      return header[names.indexOf(column)]?.[1] ?? 0;
    };
    const before = await width('Time');
    await panel.drag('separator', 'Width of column Time', { x: 40, y: 0 });
    await expect.poll(() => width('Time'), SOON).toBe(before + 40);
    await panel.click('separator', 'Width of column Type', { count: 2 });
    await expect.poll(() => width('Type'), SOON).toBeGreaterThan(120);
    await panel.drag('columnheader', 'Length', { x: 150, y: 0 });
    await expect.poll(async () => (await places()).names.slice(-2), SOON).toEqual(['Data', 'Length']);
    await panel.click('columnheader', 'Δ ms', { button: 'right' });
    await panel.click('menuitem', { contains: 'Hide column' });
    await expect
      .poll(async () => (await places()).names, SOON)
      .toEqual(['Star', 'Time', 'Direction', 'Type', 'Data', 'Length']);
    const apart = async () => {
      const { header, cells } = await places();
      return header.filter((place, at) => String(place) !== String(cells[at]));
    };
    await expect.poll(apart, SOON).toEqual([]);
  });

  it('offer a star in the row under the mouse, and none in the header', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/stars`);
    await showSocket(panel, '/stars');
    await sendTexts(page, ['shines']);
    await expectLines(panel, ['open connected', 'sent text 6 shines']);
    const offered = () =>
      panel.evaluate(() =>
        [...document.querySelectorAll('[role=grid][aria-label=Frames] .star')].map(
          (cell) => getComputedStyle(cell, '::before').content,
        ),
      );
    await panel.hover('row', { contains: 'shines' });
    await expect.poll(offered, SOON).toEqual(['none', 'none', '"☆"']);
    await panel.hover('columnheader', 'Star');
    await expect.poll(offered, SOON).toEqual(['none', 'none', 'none']);
  });

  it('turn the list round with a click on Time: what is new comes at the top, or is counted there', async () => {
    const { page, panel, server } = stage;
    await openSocket(page, `${server.sockets}/order`);
    await showSocket(panel, '/order');
    await sendTexts(page, ['first', 'second']);
    await expectLines(panel, ['open connected', 'sent text 5 first', 'sent text 6 second']);
    await panel.click('columnheader', 'Time');
    await expectLines(panel, ['sent text 6 second', 'sent text 5 first', 'open connected']);
    await sendTexts(
      page,
      Array.from({ length: 100 }, (_, index) => `number ${index}`),
    );
    await expect.poll(async () => (await lines(panel))[0], SOON).toBe('sent text 9 number 99');
    await panel.focus('grid', 'Frames');
    await panel.press('End');
    await expect.poll(async () => (await lines(panel)).at(-1), SOON).toBe('open connected');
    await sendTexts(page, ['unseen']);
    await panel.waitForText('↑ 1 new');
    expect((await lines(panel)).at(-1)).toBe('open connected');
    await panel.click('button', '↑ 1 new');
    await expect.poll(async () => (await lines(panel))[0], SOON).toBe('sent text 6 unseen');
    await panel.click('columnheader', 'Time');
    await expect.poll(async () => (await lines(panel))[0], SOON).toBe('open connected');
  });
});
