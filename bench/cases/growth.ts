import type { InspectedPage, Panel } from '../../scripts/devtools/driver.ts';
import type { Stage } from '../case.ts';
import { type Figure, median, slope } from '../statistics.ts';
import type { FloodResult } from '../synthetic/hook.ts';
import { clear, openSynthetic, settledLedger } from '../synthetic/stage.ts';

/** What a frame, and what a picture costs, as there are more frames, more sockets, more frames in the page. */
export async function growth(stage: Stage): Promise<Figure[]> {
  return [...(await moreFrames(stage)), ...(await moreSockets(stage)), ...(await moreDocuments(stage))];
}

async function moreFrames({ browser, server, isQuick }: Stage): Promise<Figure[]> {
  const { page, panel, flood } = await openSynthetic(browser, server.framed(0));
  await flood(100_000);
  const times: Point[] = [];
  const pictures: Point[] = [];
  for (const frames of isQuick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000]) {
    const rounds: number[] = [];
    for (let round = 0; round < 3; round++) {
      await clear(panel);
      rounds.push((await flood(frames)).wall);
      await settledLedger(panel, frames);
    }
    times.push([frames, median(rounds)]);
    pictures.push([frames, await pictureCost(page, panel)]);
  }
  await page.close();
  return [
    growing('time to the store, as frames grow', 'frames', times),
    steady('one picture, as frames grow', 'frames', pictures),
  ];
}

const FRAMES = 100_000;

async function moreSockets({ browser, server, isQuick }: Stage): Promise<Figure[]> {
  const times: Point[] = [];
  const pictures: Point[] = [];
  for (const sockets of isQuick ? [1, 100] : [1, 10, 100, 1000]) {
    const { page, panel, flood } = await openSynthetic(browser, server.framed(0), sockets);
    await flood(FRAMES);
    await clear(panel);
    const rounds: number[] = [];
    for (let round = 0; round < 3; round++) rounds.push((await flood(FRAMES)).wall);
    await settledLedger(panel, 3 * FRAMES);
    times.push([sockets, median(rounds)]);
    pictures.push([sockets, await pictureCost(page, panel)]);
    await page.close();
  }
  return [
    steady(`${FRAMES.toLocaleString('en')} frames to the store, as sockets grow`, 'sockets', times),
    steady('one picture, as sockets grow', 'sockets', pictures),
  ];
}

async function moreDocuments({ browser, server, isQuick }: Stage): Promise<Figure[]> {
  const times: Point[] = [];
  const pictures: Point[] = [];
  for (const documents of isQuick ? [1, 20] : [1, 20, 200]) {
    const { page, panel } = await openSynthetic(browser, server.framed(documents));
    await page.evaluate(floodFrames, 10);
    await settledLedger(panel, 10 * documents);
    const rounds: number[] = [];
    for (let round = 0; round < 3; round++) {
      rounds.push((await page.evaluate(floodFrames, FRAMES / documents)).wall);
    }
    await settledLedger(panel, 10 * documents + 3 * FRAMES);
    times.push([documents, median(rounds)]);
    pictures.push([documents, await pictureCost(page, panel)]);
    await page.close();
  }
  return [
    steady(
      `${FRAMES.toLocaleString('en')} frames to the store, as frames in the page grow`,
      'documents',
      times,
    ),
    steady('one picture, as frames in the page grow', 'documents', pictures),
  ];
}

type Point = readonly [work: number, cost: number];

/** Linear or better. */
function growing(name: string, unit: string, points: readonly Point[]): Figure {
  const exponent = slope(points);
  return {
    name,
    value: `slope ${exponent.toFixed(2)} (${worded(points, unit)})`,
    measured: exponent,
    goal: '≤ 1.05',
    isMet: exponent <= 1.05,
  };
}

/** The work stays the same and is only spread over more: better than linear is not good enough, so the slope alone is shown. */
function steady(name: string, unit: string, points: readonly Point[]): Figure {
  const exponent = slope(points);
  return {
    name,
    value: `slope ${exponent.toFixed(2)} (${worded(points, unit)})`,
    measured: exponent,
    goal: '≤ 0.5',
    isMet: exponent <= 0.5,
  };
}

function worded(points: readonly Point[], unit: string): string {
  const parts = points.map(
    ([work, cost]) => `${work.toLocaleString('en')}: ${cost.toFixed(cost < 100 ? 1 : 0)} ms`,
  );
  return `${unit} ${parts.join(', ')}`;
}

/** Runs in the page: makes frames in all of its frames at once. */
async function floodFrames(perDocument: number): Promise<Pick<FloodResult, 'wall' | 'hook' | 'batches'>> {
  const asked = { frames: perDocument, start: Date.now(), step: 0.01, perTask: 2000, ahead: 100_000 };
  const began = performance.now();
  const sources = Array.from(window, (_, index) => (window[index] as Window).source);
  const results = await Promise.all(
    sources.map((source) => {
      source.openSockets(1);
      return source.flood(asked);
    }),
  );
  const sum = (key: 'hook' | 'batches') => results.reduce((total, result) => total + result[key], 0);
  return { wall: performance.now() - began, hook: sum('hook'), batches: sum('batches') };
}

/** ms of script, style and layout of one picture in which a few rows are new, by the median. */
async function pictureCost(page: InspectedPage, panel: Panel): Promise<number> {
  await panel.evaluate(() => {
    window.watch.pictures = [];
  });
  await page.evaluate(async () => {
    const { source } = window;
    source.openSockets(1);
    for (let turn = 0; turn < 40; turn++) {
      await source.flood({ frames: 3, start: Date.now(), step: 0.1, perTask: 10, ahead: 100_000 });
      await new Promise((done) => setTimeout(done, 40));
    }
  });
  const pictures = await panel.evaluate(() => window.watch.pictures);
  return median(pictures.filter(({ script }) => script > 0.2).map(({ script, layout }) => script + layout));
}
