import { stat } from 'node:fs/promises';
import type { Panel } from '../devtools/driver.ts';
import { until } from '../devtools/poll.ts';

const LEAST_BYTES_PER_PIXEL = 0.015;
/** Between two pictures, as a part of their size; frames go on arriving. */
const MOST_DIFFERENCE = 0.05;
const TIME_FOR_PICTURE = 15_000;

/**
 * Writes a picture of the panel as it is once it does not change any more.
 * @param size of the panel, in CSS pixels
 */
export async function photograph(
  panel: Panel,
  file: string,
  [width, height]: readonly [number, number],
): Promise<void> {
  await panel.evaluate(
    () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
  );
  // Chromium now and then hands out a picture without the panel, or of a panel that is just changing its size. The former
  // is of one colour and packs to next to nothing; the latter never comes twice in a row.
  let before = 0;
  await until(
    async () => {
      await panel.screenshot(file);
      const { size } = await stat(file);
      const isSteady = Math.abs(size - before) < size * MOST_DIFFERENCE;
      before = size;
      return isSteady && size > width * height * LEAST_BYTES_PER_PIXEL;
    },
    TIME_FOR_PICTURE,
    () => `The picture ${file} does not settle`,
  );
}
