import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inlineConstants, OWN_NAMES, shortenNames } from '../../../../scripts/build/page-script.ts';

/** Code without comments. */
function codeOf(file: string): string {
  return readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
}

test('constants become their numbers', () => {
  expect(
    inlineConstants('x = FrameKind.close | FrameFlag.pending; y = ReadyState.closed; z = Other.open'),
  ).toBe('x = 6 | 16; y = 3; z = Other.open');
});

test('a constant that does not exist is left for the compiler to complain of', () => {
  expect(inlineConstants('FrameKind.never')).toBe('FrameKind.never');
});

test('own names become short wherever they stand as words, and nowhere else', () => {
  const [first] = OWN_NAMES;
  expect(shortenNames(`this.${first}(x${first}, ${first}s, '${first}')`)).toBe(
    `this.e(x${first}, ${first}s, 'e')`,
  );
  expect(shortenNames(`import { Tap } from '../tap.ts'`)).toBe(`import { Tap } from '../tap.ts'`);
});

test('no own name is a word of the protocol', () => {
  const protocol = readdirSync('src/protocol').map((file) => codeOf(`src/protocol/${file}`));
  const words = new Set(protocol.join(' ').match(/\w+/g));
  expect(OWN_NAMES.filter((name) => words.has(name))).toEqual([]);
});
