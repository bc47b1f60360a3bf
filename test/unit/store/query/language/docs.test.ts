import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { KEYS } from '../../../../../src/store/query/language/expression.ts';
import { parseFilter } from '../../../../../src/store/query/language/parse.ts';

const PAGE = readFileSync(new URL('../../../../../docs/filter.md', import.meta.url), 'utf8');
const examples = Array.from(
  PAGE.split('\n## ')[0]?.matchAll(/^\| .* \| `(.+)` \|$/gm) ?? [],
  ([, code]) => code ?? '',
);

describe('docs/filter.md', () => {
  test('has examples', () => {
    expect(examples.length).toBeGreaterThan(5);
  });

  test.each(examples)('%s can be typed as printed', (example) => {
    expect(parseFilter(example).ok).toBe(true);
  });

  test('names every key', () => {
    for (const key of KEYS) expect(PAGE).toContain(`| \`${key}:`);
  });
});
