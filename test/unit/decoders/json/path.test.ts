import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonValueText } from '../../../../src/decoders/json/literals.ts';
import { type JsonPath, JsonPathScan, type JsonStep } from '../../../../src/decoders/json/path.ts';

const member = (name: string): JsonStep => ({ type: 'member', name });
const element = (index: number): JsonStep => ({ type: 'element', index });
const any: JsonStep = { type: 'any' };

/** What stands at a path, as written. */
function found(text: string, path: JsonPath, takesWhole = true, units?: number): string[] {
  const scan = new JsonPathScan(path, takesWhole);
  const values: string[] = [];
  scan.begin();
  for (let state = scan.next(text, units); state !== 'over'; state = scan.next(text, units)) {
    if (state === 'found') values.push(scan.source.slice(scan.start, scan.end));
  }
  return values;
}

/** The same, by way of all values. */
function expected(value: unknown, path: JsonPath): unknown[] {
  const [step, ...rest] = path;
  if (step === undefined) return [value];
  if (typeof value === 'string' && /^[[{]/.test(value)) return expected(JSON.parse(value), path);
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    if (step.type === 'member') return [];
    const wanted = step.type === 'any' ? value : value.slice(step.index, step.index + 1);
    return wanted.flatMap((item) => expected(item, rest));
  }
  if (step.type === 'element') return [];
  return Object.entries(value)
    .filter(([name]) => step.type === 'any' || step.name === name)
    .flatMap(([, item]) => expected(item, rest));
}

describe('a path', () => {
  test.each<[string, JsonPath, string[]]>([
    ['{"a":1}', [member('a')], ['1']],
    ['{ "a" : { "b" : "x" } , "c" : 2 }', [member('a'), member('b')], ['"x"']],
    ['{"a":[1,[2],{"b":3}]}', [member('a'), element(1)], ['[2]']],
    ['{"a":[1,[2],{"b":3}]}', [member('a'), element(2), member('b')], ['3']],
    ['{"a":[{"b":1},{"b":2},{"c":3}]}', [member('a'), any, member('b')], ['1', '2']],
    ['{"a":1,"b":{}}', [any], ['1', '{}']],
    ['[10,20]', [element(1)], ['20']],
    ['{"x":{"a":1},"a":2}', [member('a')], ['2']],
    ['{"x":"\\"a\\":1}","a":2}', [member('a')], ['2']],
    ['{"a":1,"a":2}', [member('a')], ['1', '2']],
    ['{"\\u0061":1,"a b":2}', [member('a')], ['1']],
    ['{"\\n":1}', [member('\n')], ['1']],
    ['{"\\n":1}', [member('\\n')], []],
    ['{"a":1}', [member('A')], []],
    ['{"a":{"b":1}}', [element(0)], []],
    ['[{"a":1}]', [member('a')], []],
    ['42["chat",{"text":"hi"}]', [element(1), member('text')], ['"hi"']],
    ['51-1/admin,7["x",1]', [element(1)], ['1']],
    ['42/a.b c,7["x",1]', [element(1)], ['1']],
    ['{"a":1}\u001e', [member('a')], ['1']],
    ['{"a":1}\u001e', [element(0)], []],
    ['{"a":1}\u001e{"a":2}\u001e', [member('a')], ['1', '2']],
    ['{"a":1}\u001e{"a":2}\u001e', [element(1), member('a')], ['2']],
    ['{"a":1}\u001e{"a":2}\u001e', [any], ['{"a":1}', '{"a":2}']],
    ['[7]\u001e{"a":2}\u001e', [member('a')], ['2']],
    ['"x"\u001e7\u001e{"a":2}\u001e', [member('a')], ['2']],
    ['{"a":1}\u001e{"a":2}', [member('a')], ['1', '2']],
    ['{"a":[\u001e{"a":2}]\u001e', [member('a')], ['[\u001e{"a":2}]']],
    ['{"b":1\u001e{"a":2}\u001e', [member('a')], []],
    ['"a"', [member('a')], []],
    ['', [member('a')], []],
    ['{"a":{"b":', [member('a'), member('b')], []],
    ['{"a":1', [member('a')], ['1']],
    ['{"a" 1}', [member('a')], []],
    ['{a:1}', [member('a')], []],
    [String.raw`{"a":"{\"b\":3}"}`, [member('a'), member('b')], ['3']],
    [String.raw`{"a":"{\"b\":3}","a":{"b":4}}`, [member('a'), member('b')], ['3', '4']],
    [String.raw`{"a":"\n [{\"b\":\"{\\\"c\\\":5}\"}]"}`, [member('a'), any, member('b'), any], ['5']],
    [`["[1,2]","x","[3"]`, [any, any], ['1', '2', '3']],
    [String.raw`["{\"a\":`, [element(0), member('a')], []],
    [String.raw`{"a":"{\"a\":1}"}`, [member('a')], [String.raw`"{\"a\":1}"`]],
    ['{"a":"b"}', [member('a'), member('b')], []],
    [String.raw`"{\"a\":1}"`, [member('a')], ['1']],
  ])('in %s', (text, path, values) => {
    expect(found(text, path)).toEqual(values);
    expect(found(text, path, true, 1)).toEqual(values);
  });

  test('leads to a container without going through it', () => {
    expect(found('{"a":{"b":[1]},"a":[2]}', [member('a')], false)).toEqual(['{', '[']);
  });

  test('leads to what parsing the whole would find, with any pauses', () => {
    const names = ['a', 'b', 'ä', 'a"b', '\\', ''];
    const { value: json } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(1, -2.5, 'x', 'a"}', '\\', true, null, '', '{"a":[1,"ä"],"b":"[2]"}'),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 3 }),
      ),
    }));
    const step = fc.oneof(fc.constantFrom(...names).map(member), fc.nat(2).map(element), fc.constant(any));
    fc.assert(
      fc.property(
        json,
        fc.array(step, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(undefined, 1, '\t'),
        fc.constantFrom(1, 3, 1000),
        (value, path, indent, units) => {
          const text = JSON.stringify(value, null, indent);
          expect(found(text, path, true, units).map((part) => JSON.parse(part))).toEqual(
            expected(value, path),
          );
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('comes to an end in any text', () => {
    const pieces = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      ',',
      '\\',
      'a',
      '1',
      ' ',
      '"a":',
      '\ud83d',
      '\u001e',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), fc.constantFrom(1, 1000), (parts, units) => {
        const text = parts.join('');
        expect(found(text, [member('a'), any], true, units).length).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000 },
    );
  });

  test('goes from record to record without looking back', () => {
    const text = `${'1'.repeat(500_000)}\u001e${'1\u001e'.repeat(500_000)}{"a":2}\u001e`;
    expect(found(text, [member('a')])).toEqual(['2']);
  });

  test('is not lost in depth', () => {
    const deep = `{"x":${'['.repeat(200_000)}${']'.repeat(200_000)},"a":1}`;
    expect(found(deep, [member('a')])).toEqual(['1']);
  });
});

test.each([
  ['"a\\nb"', 'a\nb'],
  ['"a"', 'a'],
  ['"', ''],
  ['"a\\', 'a\\'],
  ['"\\x"', '\\x'],
  ['12', '12'],
  ['{"a": 1}', '{"a": 1}'],
])('the text of %s', (written, text) => {
  expect(jsonValueText(written, 0, written.length)).toBe(text);
});
