import type { Stage } from '../case.ts';
import type { Figure } from '../statistics.ts';
import { heldMemory, openSynthetic, settledLedger } from '../synthetic/stage.ts';

/** Parts after each of which the memory is looked at. */
const PARTS = 12;

/** An hour at 1,000 messages a second. The frames say so; they come as fast as the panel takes them. */
export async function hour({ browser, server, isQuick }: Stage): Promise<Figure[]> {
  const perPart = (isQuick ? 360_000 : 3_600_000) / PARTS;
  const { page, panel, flood } = await openSynthetic(browser, server.framed(0), 4);
  const start = Date.now() - PARTS * perPart;
  const memory: number[] = [];
  for (let part = 0; part < PARTS; part++) {
    await flood(perPart, { start: start + part * perPart, step: 1 });
    await settledLedger(panel, (part + 1) * perPart);
    memory.push((await panel.evaluate(heldMemory, 2)) / 1e6);
  }
  const { stored, dropped, inFlight } = await settledLedger(panel, PARTS * perPart);
  await page.close();
  const made = PARTS * perPart;
  const isTrue = stored + dropped + inFlight === made;
  const [half = 0, end = 0] = [memory[PARTS / 2 - 1], memory.at(-1)];
  const perFrame = ((end - half) * 1e6) / (made / 2);
  const list = memory.map((megabytes) => megabytes.toFixed(0)).join(', ');
  return [
    {
      name: 'one hour at 1,000 a second: heap',
      value: `${(end / half).toFixed(2)} × after the hour what it was after half of it; ${perFrame.toFixed(1)} bytes a frame in the second half (MB: ${list})`,
      measured: end / half,
      goal: '≤ 1.05 ×',
      isMet: end <= half * 1.05,
    },
    {
      name: 'one hour at 1,000 a second: ledger',
      value: `${made.toLocaleString('en')} made = ${stored.toLocaleString('en')} stored + ${inFlight} in flight + ${dropped.toLocaleString('en')} dropped`,
      goal: 'true',
      isMet: isTrue,
    },
  ];
}
