import type { Stage } from '../case.ts';
import { atMost, type Figure, median } from '../statistics.ts';

const FRAMES = 10_000;

/** A panel opened on a page that holds as many frames as its ring takes, in one document or in many. */
export async function late({ browser, server, isQuick }: Stage): Promise<Figure[]> {
  const rounds = isQuick ? 2 : 5;
  const figures: Figure[] = [];
  for (const documents of [1, 21]) {
    const first: number[] = [];
    const all: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const page = await browser.open(server.framed(documents - 1));
      await page.evaluate(
        async (perDocument, start) => {
          const asked = { frames: perDocument, start, step: 1, perTask: 1000 };
          for (const { source } of [window, ...Array.from(window, (_, index) => window[index] as Window)]) {
            source.openSockets(1);
            await source.flood(asked);
          }
        },
        Math.floor(FRAMES / documents),
        Date.now() - FRAMES,
      );
      const panel = await page.openPanel();
      const expected = Math.floor(FRAMES / documents) * documents;
      const seen = await panel.waitFor((count) => {
        const at = window.watch.counts.get(count);
        return at !== undefined && window.watch.firstRows
          ? { first: window.watch.firstRows, all: at }
          : undefined;
      }, expected);
      first.push(seen.first);
      all.push(seen.all);
      await page.close();
    }
    const name = `panel opened on 10,000 frames of ${documents === 1 ? 'one document' : `${documents} documents`}`;
    const beside = (values: readonly number[]) => `${values.map((value) => value.toFixed(0)).join(', ')}`;
    figures.push(
      atMost(`${name}: first rows`, median(first), 200, 'ms', { beside: beside(first) }),
      atMost(`${name}: all`, median(all), 1000, 'ms', { beside: beside(all) }),
    );
  }
  return figures;
}
