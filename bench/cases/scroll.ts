import type { Stage } from '../case.ts';
import { atMost, type Figure, greatest, median } from '../statistics.ts';
import { openSynthetic, settledLedger } from '../synthetic/stage.ts';

/** To any place of a million rows, a screen at a time, and a few pixels at a time. */
export async function scroll({ browser, server, isQuick }: Stage): Promise<Figure[]> {
  const frames = isQuick ? 200_000 : 1_000_000;
  const { page, panel, flood } = await openSynthetic(browser, server.framed(0));
  await flood(frames);
  await settledLedger(panel, frames);
  const pictures = isQuick ? 50 : 200;
  const figures: Figure[] = [];
  for (const way of ['anywhere', 'by screens', 'by pixels'] as const) {
    const seen = await panel.evaluate(scrollAround, way, pictures);
    const script = seen.map((picture) => picture.script);
    const layout = median(seen.map((picture) => picture.layout));
    const blank = seen.filter((picture) => picture.blank).length;
    const beside = `median ${median(script).toFixed(1)}, layout ${layout.toFixed(1)}; ${blank} of ${pictures} pictures with blank rows`;
    const figure = atMost(
      `scrolling ${frames.toLocaleString('en')} rows ${way}`,
      greatest(script),
      16,
      'ms of script',
      {
        digits: 1,
        beside,
      },
    );
    figures.push({ ...figure, goal: `${figure.goal}, no blank rows`, isMet: figure.isMet && blank === 0 });
  }
  await page.close();
  return figures;
}

interface ScrolledPicture {
  /** ms */
  readonly script: number;
  readonly layout: number;
  /** Part of the list had no rows, or a row had no text. */
  readonly blank: boolean;
}

/** Runs in the panel. */
async function scrollAround(
  way: 'anywhere' | 'by screens' | 'by pixels',
  count: number,
): Promise<ScrolledPicture[]> {
  const grid = document.querySelector('[role=grid][aria-label=Frames]');
  const box = [...(grid?.querySelectorAll('div') ?? [])].find(
    (one) => one.scrollHeight > one.clientHeight + 1,
  );
  if (!box) throw new Error('nothing to scroll');
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const isBlank = () => {
    const view = box.getBoundingClientRect();
    const rows = [...box.querySelectorAll('[role=row]')];
    const rects = rows.map((row) => row.getBoundingClientRect()).sort((a, b) => a.top - b.top);
    const top = rects[0]?.top ?? Number.POSITIVE_INFINITY;
    const bottom = rects.at(-1)?.bottom ?? 0;
    const hasHole = rects.some((rect, index) => index > 0 && rect.top > (rects[index - 1]?.bottom ?? 0) + 1);
    const isEmpty = rows.some((row) => (row.textContent ?? '').length < 50);
    return top > view.top + 1 || bottom < view.bottom - 1 || hasHole || isEmpty;
  };
  const pictures: ScrolledPicture[] = [];
  let start = 0;
  const onScroll = () => {
    start = performance.now();
  };
  document.addEventListener('scroll', onScroll, true);
  box.scrollTop = box.scrollHeight / 2;
  await new Promise<void>((done) => window.watch.nextPicture(done));
  for (let picture = 0; picture < count; picture++) {
    if (way === 'anywhere') box.scrollTop = random() * (box.scrollHeight - box.clientHeight);
    else box.scrollTop += way === 'by screens' ? box.clientHeight : 53;
    start = 0;
    // Before a picture the browser tells of scrolling, the panel draws, and then this is called.
    await new Promise<void>((done) => {
      window.watch.nextPicture(() => {
        const drawn = performance.now();
        const blank = isBlank();
        pictures.push({ script: start === 0 ? 0 : drawn - start, layout: performance.now() - drawn, blank });
        done();
      });
    });
  }
  document.removeEventListener('scroll', onScroll, true);
  return pictures;
}
