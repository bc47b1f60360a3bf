import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const SOURCE = path.resolve(import.meta.dirname, '../../../src');

/** The tests' own platform, which is made of script, breaks where descriptors inherit these; `test/conformance/poison.ts` has them. */
const OF_DESCRIPTORS = ['get', 'set', 'value', 'writable', 'enumerable', 'configurable'];

/** Every word in the hook and in the messages it gets: whatever it calls a property is one of them. */
function wordsOfTheHook(): string[] {
  const files = ['page', 'protocol'].flatMap((folder) =>
    readdirSync(path.join(SOURCE, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      path.join(SOURCE, folder, file),
    ),
  );
  const texts = files.filter((file) => file.endsWith('.ts')).map((file) => readFileSync(file, 'utf8'));
  return [...new Set(texts.join('\n').match(/\b[a-z]\w+\b/gi))].filter(
    (word) => !(word in Object.prototype || OF_DESCRIPTORS.includes(word)),
  );
}

/** Puts properties of all these names on `Object.prototype` meanwhile, as a page may. @returns those that the hook has read or set there */
export async function touchedIn(run: () => unknown): Promise<string[]> {
  const touched = new Set<string>();
  const words = wordsOfTheHook();
  let isNoting = false;
  const note = (how: string, word: string) => {
    if (isNoting) return;
    isNoting = true;
    const caller = new Error().stack?.split('\n')[3] ?? '';
    if (/src[\\/]page[\\/]/.test(caller)) touched.add(`${how} ${word}`);
    isNoting = false;
  };
  for (const word of words) {
    Object.defineProperty(Object.prototype, word, {
      configurable: true,
      get: () => note('reads', word),
      set(value: unknown) {
        note('sets', word);
        const own = { value, writable: true, enumerable: true, configurable: true };
        Object.defineProperty(this, word, Object.setPrototypeOf(own, null));
      },
    });
  }
  try {
    await run();
  } finally {
    for (const word of words) Reflect.deleteProperty(Object.prototype, word);
  }
  return [...touched];
}
