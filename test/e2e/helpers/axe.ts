import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Panel } from '../../../scripts/devtools/driver.ts';

const OPTIONS: RunOptions = {
  resultTypes: ['violations'],
  // It does not know boxes whose keys are those of the grid or tree around them; `boxesWithoutKeys` looks for the others.
  rules: { 'scrollable-region-focusable': { enabled: false } },
};

/**
 * What axe-core finds wrong in the panel as it is, or in one element of it, one line for each place:
 * `color-contrast: .row > .time (…)`.
 */
export async function axeProblems(
  panel: Panel,
  within = 'html',
  what: 'everything' | 'contrast' = 'everything',
): Promise<string[]> {
  if (!(await panel.evaluate(() => 'axe' in globalThis))) await panel.evaluate(await axeItself());
  await panel.evaluate(colourChanges);
  const boxes = await panel.evaluate(boxesWithoutKeys);
  const { violations } = await panel.evaluate(runAxe, within, {
    ...OPTIONS,
    ...(what === 'contrast' ? { runOnly: ['color-contrast'] } : {}),
  });
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) =>
        `${id}: ${target.join(' ')} (${failureSummary.replace(/\s+/g, ' ')})`,
    ),
  );
  return [...found, ...boxes];
}

/** The same for one part in both themes; the attribute is what the theme of DevTools comes to. */
export async function axeInBothThemes(panel: Panel, place: string): Promise<string[]> {
  const problems: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await panel.evaluate((wanted: string) => {
      document.documentElement.dataset.theme = wanted;
    }, theme);
    const what = theme === 'dark' ? 'contrast' : 'everything';
    for (const problem of await axeProblems(panel, place, what)) problems.push(`${theme}: ${problem}`);
  }
  return problems;
}

/** Evaluated from outside the panel, so that its policy against evaluation does not matter. */
async function axeItself(): Promise<() => void> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  return new Function(source) as () => void;
}

async function runAxe(within: string, options: RunOptions): Promise<Pick<AxeResults, 'violations'>> {
  const { axe } = globalThis as unknown as {
    axe: { run(within: string, options: unknown): Promise<AxeResults> };
  };
  if (!document.querySelector(within)) throw new Error(`There is no ${within}`);
  const { violations } = await axe.run(within, options);
  return { violations };
}

/** Waits for what changes its colour slowly. */
async function colourChanges(): Promise<void> {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
}

/** Boxes that scroll, and that nobody can scroll by key (lists have those of the field they belong to), or that stop the Tab key a second time: browsers make each a stop. */
function boxesWithoutKeys(): string[] {
  const TAB_STOPS = '[tabindex="0"], button, summary, input, select, textarea, a[href], [contenteditable]';
  const scrolls = (element: Element) =>
    /auto|scroll/.test(getComputedStyle(element).overflowY) &&
    element.scrollHeight > element.clientHeight + 1;
  const boxes = [...document.querySelectorAll('body *')].filter(scrolls);
  return boxes.flatMap((element) => {
    if (element.matches(TAB_STOPS) || element.querySelector(TAB_STOPS)) return [];
    if (document.querySelector(`[aria-controls~="${element.id || '-'}"]:focus`)) return [];
    if (!element.closest(TAB_STOPS)) return `no keys: ${element.className}`;
    return element.getAttribute('tabindex') === '-1' ? [] : `a stop too many: ${element.className}`;
  });
}
