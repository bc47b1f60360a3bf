import type { Stage } from '../case.ts';
import { atMost, type Figure } from '../statistics.ts';
import { heldMemory, openSynthetic, settledLedger } from '../synthetic/stage.ts';
import { TRADE_BYTES } from '../synthetic/trade.ts';

/** Memory of the panel for each stored frame besides its payload: heap and array buffers. */
export async function memory({ browser, server, isQuick }: Stage): Promise<Figure[]> {
  const frames = isQuick ? 200_000 : 1_000_000;
  const { page, panel, flood } = await openSynthetic(browser, server.framed(0));
  await flood(1000);
  const before = await panel.evaluate(heldMemory, 6);
  await flood(frames);
  const { stored } = await settledLedger(panel, frames + 1000);
  const after = await panel.evaluate(heldMemory, 6);
  await page.close();
  if (stored !== frames + 1000) throw new Error(`${stored} of ${frames + 1000} frames are stored`);
  const perFrame = (after - before) / frames;
  return [
    atMost(
      `${frames.toLocaleString('en')} frames stored`,
      perFrame - TRADE_BYTES,
      32,
      'bytes a frame beside the payload',
      {
        digits: 1,
        beside: `${perFrame.toFixed(1)} with its ${TRADE_BYTES}`,
      },
    ),
  ];
}
