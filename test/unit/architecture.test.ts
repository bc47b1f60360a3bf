import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/** From the lowest floor up; docs/architecture.md says the same. */
const FLOORS = [
  'src/protocol',
  'src/decoders',
  'src/store',
  'src/formats',
  'src/panel/session',
  'src/panel/settings',
  'src/panel/model',
  'src/panel/commands',
  'src/panel/views',
];

interface Import {
  readonly from: string;
  readonly to: string;
  /** Types leave nothing behind in a build. */
  readonly isType: boolean;
}

const IMPORTS = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((file) => `src/${file.replaceAll('\\', '/')}`)
  .filter((file) => /\.tsx?$/.test(file))
  .flatMap(importsOf);

/** What is loaded with the file; what it loads later by `import()` may refer back to it. */
function importsOf(from: string): Import[] {
  const statements = readFileSync(from, 'utf8').matchAll(
    /^(?:import|export)\s(type\s)?[^;]*?'(\.[^']*\.tsx?)';/gm,
  );
  return Array.from(statements, ([, type, to = '']) => ({
    from,
    to: path.posix.join(path.posix.dirname(from), to),
    isType: type !== undefined,
  }));
}

const floorOf = (file: string) => FLOORS.findIndex((folder) => file.startsWith(`${folder}/`));

test('imports are found', () => {
  expect(IMPORTS.length).toBeGreaterThan(1000);
});

test('imports run downward only', () => {
  const upward = IMPORTS.filter(({ from, to }) => floorOf(from) !== -1 && floorOf(to) > floorOf(from));
  expect(upward).toEqual([]);
});

test('no file imports itself by way of others', () => {
  const next = new Map<string, string[]>();
  for (const { from, to, isType } of IMPORTS) if (!isType) next.set(from, [...(next.get(from) ?? []), to]);
  const done = new Set<string>();
  const circles: string[][] = [];
  const visit = (file: string, way: readonly string[]) => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file]);
    if (way.includes(file) || done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...way, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  expect(circles).toEqual([]);
});

test('what runs in pages imports nothing but our protocol', () => {
  const outside = IMPORTS.filter(
    ({ from, to }) => from.startsWith('src/page/') && !/^src\/(page|protocol)\//.test(to),
  );
  expect(outside).toEqual([]);
});
