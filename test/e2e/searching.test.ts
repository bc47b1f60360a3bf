import { describe, expect, it } from 'vitest';
import { closeSocket, openSocket, sendTexts } from './helpers/page.ts';
import { expectLines, rowCount, SOON } from './helpers/panel.ts';
import { BROWSERS, useStage } from './helpers/stage.ts';

const FILTER = 'Filter frames';

/** How many of the texts `tick 0`, `tick 1`, … match. */
function tickCount(ticks: number, expression: RegExp): number {
  const texts = Array.from({ length: ticks }, (_, tick) => `tick ${tick}`);
  return texts.filter((text) => expression.test(text)).length;
}

describe.each(BROWSERS)('searching in %s', (name) => {
  const stage = useStage(name);

  it('stops a regular expression that hangs, names the frame, keeps the last result and goes on', async () => {
    const { page, panel, server } = stage;
    const hostile = `${'a'.repeat(40)}!`;
    await openSocket(page, `${server.sockets}/hostile`);
    await sendTexts(page, ['wanted 1', hostile, 'wanted 2']);
    const wanted = [1, 2].map((number) => `sent text 8 wanted ${number}`);
    await panel.fill('searchbox', FILTER, '/^wanted \\d$/');
    await expectLines(panel, wanted);
    await panel.fill('searchbox', FILTER, '/(a+)+$/');
    await panel.waitForText('/(a+)+$/ was stopped: it takes too long on frame 3,');
    await expectLines(panel, wanted);
    await sendTexts(page, ['wanted 3']);
    await expectLines(panel, [...wanted, 'sent text 8 wanted 3']);
    await panel.fill('searchbox', FILTER, '/^a+!$/');
    await expectLines(panel, [`sent text 41 ${hostile}`]);
  });

  it('finds frames of a running stream as they come, by text and by regular expression', async () => {
    const { page, panel, server } = stage;
    const ticks = 3000;
    await openSocket(page, `${server.sockets}/stream`, 'stream');
    const connection = await server.connection('/stream');
    const send = () => {
      for (let tick = 0; tick < ticks; tick++) connection.send(`tick ${tick}`);
    };
    await panel.fill('searchbox', FILTER, '"tick 7"');
    await expectLines(panel, []);
    send();
    await expect.poll(() => rowCount(panel), SOON).toBe(tickCount(ticks, /tick 7/));
    await panel.fill('searchbox', FILTER, '/^tick 7\\d?$/');
    await expect.poll(() => rowCount(panel), SOON).toBe(11);
    send();
    await expect.poll(() => rowCount(panel), SOON).toBe(22);
    await closeSocket(page, 'stream');
  });
});
