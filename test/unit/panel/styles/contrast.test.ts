import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

// What axe-core sees in the panel is what happens to be shown there. This looks at each pair of colours, also where people ask for more contrast.

const read = (file: string) =>
  readFileSync(new URL(`../../../../src/panel/styles/${file}`, import.meta.url), 'utf8');
const THEME = read('theme.css');
const MORE = read('fitting.css').split('@media (prefers-contrast: more)')[1] ?? '';

const LIGHT = /:root \{([^}]*)\}/;
const DARK = /:root\[data-theme="dark"\] \{([^}]*)\}/;
const SELECTED_DARK = /:root\[data-theme="dark"\] :is\(\[aria-selected="true"\][^{]*\{([^}]*)\}/;

type Colours = Readonly<Record<string, string>>;

/** The colours that a rule sets; there has to be such a rule. */
function coloursOf(css: string, rule: RegExp): Colours {
  const body = rule.exec(css)?.[1];
  if (body === undefined) throw new Error(`There is no rule ${rule}`);
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+): (#[\da-f]{6})/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const WRITTEN = ['text', 'dim', 'sent', 'received', 'bad', 'json-key', 'json-string', 'json-number'];
const light = coloursOf(THEME, LIGHT);
const dark = { ...light, ...coloursOf(THEME, DARK) };
const chosenInDark = coloursOf(THEME, SELECTED_DARK);
const lightMore = { ...light, ...coloursOf(MORE, LIGHT) };
const darkMore = { ...dark, ...coloursOf(MORE, DARK) };

describe.each([
  ['light', light, light],
  ['dark', dark, { ...dark, ...chosenInDark }],
  ['light with more contrast', lightMore, lightMore],
  ['dark with more contrast', darkMore, { ...darkMore, ...chosenInDark }],
])('in %s', (_, colours: Colours, chosen: Colours) => {
  it.each(WRITTEN)('%s can be read in each row', (name) => {
    const text = colours[name] ?? '';
    for (const ground of ['surface', 'bar']) {
      expect(contrast(text, colours[ground] ?? ''), ground).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(chosen[name] ?? '', chosen.selected ?? ''), 'selected').toBeGreaterThanOrEqual(4.5);
  });
});
