import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Panel } from '../../../scripts/devtools/driver.ts';

const OPTIONS = {
  resultTypes: ['violations'],
  // It does not know boxes whose keys are those of the grid or tree around them; `boxesWithoutKeys` looks for the others.
  rules: { 'scrollable-region-focusable': { enabled: false } },
};

/** What axe-core finds wrong in the panel as it is, one line for each element: `color-contrast: .row > .time (…)`. */
export async function axeProblems(panel: Panel): Promise<string[]> {
  const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // Evaluated from outside the panel, so that its policy against evaluation does not matter.
  const run = new Function(`${axe}; return this.axe.run(document, ${JSON.stringify(OPTIONS)});`);
  await panel.evaluate(colourChanges);
  const boxes = await panel.evaluate(boxesWithoutKeys);
  const { violations } = await panel.evaluate<AxeResults, []>(run as () => Promise<AxeResults>);
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary = '' }) =>
        `${id}: ${target.join(' ')} (${failureSummary.replace(/\s+/g, ' ')})`,
    ),
  );
  return [...found, ...boxes];
}

/** Waits for what changes its colour slowly. */
async function colourChanges(): Promise<void> {
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
}

/** Boxes that scroll, and that nobody can scroll by key, or that stop the Tab key a second time: browsers make each a stop. */
function boxesWithoutKeys(): string[] {
  const TAB_STOPS = '[tabindex="0"], button, input, select, textarea, a[href], [contenteditable]';
  const scrolls = (element: Element) =>
    /auto|scroll/.test(getComputedStyle(element).overflowY) &&
    element.scrollHeight > element.clientHeight + 1;
  const boxes = [...document.querySelectorAll('body *')].filter(scrolls);
  return boxes.flatMap((element) => {
    if (element.matches(TAB_STOPS) || element.querySelector(TAB_STOPS)) return [];
    if (!element.closest(TAB_STOPS)) return `no keys: ${element.className}`;
    return element.getAttribute('tabindex') === '-1' ? [] : `a stop too many: ${element.className}`;
  });
}
