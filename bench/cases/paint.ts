import type { Panel } from '../../scripts/devtools/driver.ts';
import type { Stage } from '../case.ts';
import { atMost, type Figure, median } from '../statistics.ts';

/** From where the browser starts to load the panel's page to its first picture with something in it, as the browser tells it. */
export async function paint({ browser, server, isQuick }: Stage): Promise<Figure[]> {
  const rounds = isQuick ? 3 : 11;
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const page = await browser.open(server.url);
    times.push(await firstPaint(await page.openPanel()));
    await page.close();
  }
  // The first one of a browser compiles the scripts that the others find compiled.
  const beside = `${rounds} openings: ${times.map((time) => time.toFixed(0)).join(', ')}`;
  return [atMost('first paint of the panel', median(times), 150, 'ms', { beside })];
}

function firstPaint(panel: Panel): Promise<number> {
  return panel.waitFor(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime);
}
