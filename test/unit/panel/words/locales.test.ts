import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import de from '../../../../public/_locales/de/messages.json' with { type: 'json' };
import en from '../../../../public/_locales/en/messages.json' with { type: 'json' };
import { closeCodeInfo } from '../../../../src/decoders/close-codes.ts';

interface Message {
  readonly message: string;
}
type Messages = Readonly<Record<string, Message>>;

const LOCALES: Readonly<Record<string, Messages>> = { en, de };
const ROOT = join(import.meta.dirname, '../../../..');

/** All of our own source texts, and the manifest. */
function sources(): string {
  const names = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => /\.tsx?$/.test(name)).map((name) => join(ROOT, 'src', name));
  return [...files, join(ROOT, 'manifest.json')].map((file) => readFileSync(file, 'utf8')).join('\n');
}

const SOURCES = sources();

function placeholders({ message }: Message): string[] {
  return [...new Set(message.match(/\$\d/g))].sort();
}

test('both languages have the same keys', () => {
  expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
});

test.each(Object.entries(LOCALES))('no text of %s is empty', (_, messages) => {
  expect(Object.entries(messages).filter(([, { message }]) => message.trim() === '')).toEqual([]);
});

test('both languages have the same placeholders', () => {
  const german: Messages = de;
  for (const [key, message] of Object.entries<Message>(en)) {
    expect({ key, placeholders: placeholders(german[key] ?? message) }).toEqual({
      key,
      placeholders: placeholders(message),
    });
  }
});

test('German says what there is and what can be done, and speaks to nobody', () => {
  const address = /[\p{Ll},;] (Sie|Ihr\w*)\b|\b(du|dein\w*|[Ww]ähle|[Kk]licke)\b/u;
  expect(Object.values(de).filter(({ message }) => address.test(message))).toEqual([]);
});

test('a lone dollar sign, which a browser would take for a placeholder, is nowhere', () => {
  for (const messages of Object.values(LOCALES)) {
    for (const [key, { message }] of Object.entries(messages)) {
      expect({ key, rest: message.replace(/\$[1-9]/g, '') }).not.toMatchObject({
        rest: expect.stringContaining('$'),
      });
    }
  }
});

test('the texts say which language they are in', () => {
  for (const [language, messages] of Object.entries(LOCALES))
    expect(messages.languageOfTexts?.message).toBe(language);
});

test('no view writes a text down by itself', () => {
  const views = readdirSync(join(ROOT, 'src/panel/views'), { recursive: true, encoding: 'utf8' });
  const found = views
    .filter((name) => name.endsWith('.tsx'))
    .flatMap((name) => {
      const source = readFileSync(join(ROOT, 'src/panel/views', name), 'utf8');
      const texts = source.matchAll(
        />\s*([^<>{}=;()]*\p{L}{2}[^<>{}=;()]*)<\/|(?:aria-label|title|placeholder|alt)="([^"]*\p{L}[^"]*)"/gu,
      );
      return Array.from(texts, ([, text, attribute]) => `${name}: ${text ?? attribute}`);
    });
  expect(found, 'but for its name').toEqual(['app.tsx: Framescope']);
});

test('every key that is used has a text', () => {
  const used = [...SOURCES.matchAll(/\bt\(\s*'(\w+)'|__MSG_(\w+)__/g)].map(
    ([, key, inManifest]) => key ?? inManifest,
  );
  expect(used.length).toBeGreaterThan(100);
  expect(used.filter((key) => key !== undefined && !(key in en))).toEqual([]);
});

/** Keys that are put together from a close code or the code of a filter's problem. */
function composedKeys(): string[] {
  const closeCodes = Array.from({ length: 5001 }, (_, code) => closeCodeInfo(code).messageKey);
  const problems = readFileSync(join(ROOT, 'src/store/query/language/problems.ts'), 'utf8').matchAll(
    /readonly code: '(\w)(\w+)'/g,
  );
  return [
    ...new Set(closeCodes),
    ...Array.from(problems, ([, first = '', rest = '']) => `filterProblem${first.toUpperCase()}${rest}`),
  ];
}

test('every close code and every problem of a filter has a text', () => {
  expect(composedKeys().length).toBeGreaterThan(30);
  expect(composedKeys().filter((key) => !(key in en))).toEqual([]);
});

test('every text is used', () => {
  const composed = composedKeys();
  const unused = Object.keys(en).filter(
    (key) =>
      !composed.includes(key) && !new RegExp(`(?<![a-zA-Z\\d])${key}(?!\\w*[a-zA-Z\\d])`).test(SOURCES),
  );
  expect(unused).toEqual([]);
});
