import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  describeJsonError,
  JsonDocument,
  type JsonNodeId,
  looksLikeJson,
  parseJson,
  scanJson,
} from '../../../../src/decoders/json/document.ts';
import { rebuild, rootOf } from './rebuild.ts';

function find(document: JsonDocument, ...indices: number[]): JsonNodeId {
  let node = rootOf(document);
  for (const index of indices) {
    const child = document.child(node, index);
    if (child === undefined) throw new Error(`no child ${index}`);
    node = child;
  }
  return node;
}

describe('grammar (RFC 8259)', () => {
  const valid = [
    '42',
    '"x"',
    'null',
    ' true\t\r\n',
    '[]',
    '{}',
    '[ ]',
    '{ }',
    '-0',
    '0.10',
    '1e999',
    '-1E-5',
    '1e+07',
    '9007199254740993',
    '"\\ud800"',
    '"\ud800"',
    '"\u2028\u007f"',
    '"\\u00e9\\"\\\\\\/\\b\\f\\n\\r\\t"',
    '{"a":1,"a":2}',
    '{"__proto__":{"x":1}}',
    '[[],{},[{}],{"a":[]}]',
    '{"":""}',
  ];
  test.each(valid)('takes %j', (text) => {
    const document = parseJson(text);
    expect(document.error).toBeUndefined();
    expect(rebuild(document)).toEqual(JSON.parse(text));
  });

  const invalid = [
    '',
    ' ',
    '\ufeff{}',
    '\u00a01',
    '{',
    '[',
    '[1',
    '[1,',
    '[,1]',
    '[1 2]',
    '{a:1}',
    "{'a':1}",
    '{"a"}',
    '{"a":}',
    '{"a":1 "b":2}',
    '{1:2}',
    '[1}',
    '{"a":1]',
    ']',
    '1 2',
    '[]]',
    'tru',
    'truE',
    'nullx',
    '+1',
    '.5',
    '1.',
    '1e',
    '1e+',
    '-',
    '--1',
    '01',
    '-01',
    '0x1',
    'NaN',
    '-Infinity',
    '"',
    '"\\',
    '"\\u12',
    '"\\u12G4"',
    '"\\x41"',
    '"\n"',
    '"\u0000"',
    '// x\n1',
    '1 /* x */',
  ];
  test.each(invalid)('refuses %j', (text) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(parseJson(text).ok).toBe(false);
  });

  test('agrees with JSON.parse on any JSON value, however it is spaced', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1, '\t', '\r\n '), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        expect(rebuild(parseJson(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('agrees with JSON.parse on damaged JSON', () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      remove: fc.nat(2),
      insert: fc.oneof(
        fc.constantFrom('', ...'{}[]",:\\0123456789.eE+-tfn \n\t', '\ud800', '\u0000', '""', '\\u', 'null'),
        fc.string({ unit: 'binary', maxLength: 2 }),
      ),
    });
    const damaged = fc.tuple(fc.json(), fc.array(edit, { minLength: 1, maxLength: 3 }));
    fc.assert(
      fc.property(damaged, ([json, edits]) => {
        let text = json;
        for (const { at, remove, insert } of edits) {
          const from = Math.floor(at * text.length);
          text = text.slice(0, from) + insert + text.slice(from + remove);
        }
        expectSameVerdict(text);
      }),
      { numRuns: 1500 },
    );
  });

  test('agrees with JSON.parse on arbitrary runs of the characters of JSON', () => {
    const soup = fc.array(fc.constantFrom(...'{}[]",:\\0123.eE+-', 'true', 'null', ' ', '"a"', '\\u12ab'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(soup, (parts) => expectSameVerdict(parts.join(''))),
      { numRuns: 1500 },
    );
  });
});

function expectSameVerdict(text: string): void {
  const document = parseJson(text);
  let expected: unknown;
  try {
    expected = JSON.parse(text);
  } catch {
    expect(document.ok).toBe(false);
    expectSoundTree(document);
    return;
  }
  expect(document.error).toBeUndefined();
  expect(rebuild(document)).toEqual(expected);
}

/** Whatever was salvaged is well formed: children lie in their parents, in order, and complete values are JSON. */
function expectSoundTree(document: JsonDocument): void {
  const { error } = document;
  expect(error === undefined || (error.offset >= 0 && error.offset <= document.source.length)).toBe(true);
  for (let index = 0; index < document.nodeCount; index++) {
    const node = index as JsonNodeId;
    if (document.isComplete(node)) expect(() => JSON.parse(document.sourceText(node))).not.toThrow();
    else expect(document.end(node)).toBe(error?.offset);
    let at = document.start(node);
    const children = [...document.children(node)];
    expect(children).toHaveLength(document.childCount(node));
    for (const child of children) {
      expect(document.parent(child)).toBe(node);
      expect(document.start(child)).toBeGreaterThan(at);
      at = document.end(child);
    }
    expect(at).toBeLessThanOrEqual(document.end(node));
  }
}

describe('raw is the truth', () => {
  test('numbers keep their source text', () => {
    const document = parseJson('[9007199254740993, 1e999, -0, 1.10, 1E+2]');
    const texts = [...document.children(rootOf(document))].map((node) => document.sourceText(node));
    expect(texts).toEqual(['9007199254740993', '1e999', '-0', '1.10', '1E+2']);
  });

  test('duplicate keys are all there, in order', () => {
    const document = parseJson('{"a":1,"b":2,"a":3}');
    const members = [...document.children(rootOf(document))].map((node) => [
      document.keyText(node),
      document.sourceText(node),
    ]);
    expect(members).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ]);
  });

  test('lone surrogates survive, escaped or not', () => {
    const document = parseJson('["\\ud800","\udc00x"]');
    expect(document.stringValue(find(document, 0))).toBe('\ud800');
    expect(document.sourceText(find(document, 0))).toBe('"\\ud800"');
    expect(document.stringValue(find(document, 1))).toBe('\udc00x');
  });

  test('keys are decoded on request and kept as written', () => {
    const document = parseJson('{"__proto__" :1,"\\u0061\\"" : "x","" :[]}');
    expect([...document.children(rootOf(document))].map((node) => document.keyText(node))).toEqual([
      '__proto__',
      'a"',
      '',
    ]);
    expect(document.keySourceText(find(document, 1))).toBe('"\\u0061\\""');
    expect(document.keyText(rootOf(document))).toBeUndefined();
  });

  test('elements of arrays have no key, also inside objects and after them', () => {
    const document = parseJson('{"a":[1,{"b":2},3]}');
    for (const index of [0, 1, 2]) expect(document.keyText(find(document, 0, index))).toBeUndefined();
  });

  test('any string decodes to what JSON.parse makes of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const document = parseJson(JSON.stringify({ [value]: value }));
        expect(document.keyText(find(document, 0))).toBe(value);
        expect(document.stringValue(find(document, 0))).toBe(value);
      }),
    );
  });

  test('only strings have a string value', () => {
    const document = parseJson('[1,true,null,[],{}]');
    for (const node of document.children(rootOf(document)))
      expect(document.stringValue(node)).toBeUndefined();
  });
});

describe('tree', () => {
  test('tells kinds', () => {
    const document = parseJson('[{},[],"",-1,2,true,false,null]');
    expect([...document.children(rootOf(document))].map((node) => document.kind(node))).toEqual([
      'object',
      'array',
      'string',
      'number',
      'number',
      'boolean',
      'boolean',
      'null',
    ]);
  });

  test('gives any stretch of the children', () => {
    const document = parseJson(`[${Array.from({ length: 5000 }, (_, index) => `[${index}]`).join(',')}]`);
    const root = rootOf(document);
    const texts = (from: number, count?: number) =>
      [...document.children(root, from, count)].map((node) => document.sourceText(node));
    expect(texts(0, 2)).toEqual(['[0]', '[1]']);
    expect(texts(4998)).toEqual(['[4998]', '[4999]']);
    expect(texts(1023, 3)).toEqual(['[1023]', '[1024]', '[1025]']);
    expect(texts(4095, 2)).toEqual(['[4095]', '[4096]']);
    expect(texts(2048, 1)).toEqual(['[2048]']);
    expect(texts(5000, 10)).toEqual([]);
    expect(texts(3, 0)).toEqual([]);
    expect(texts(-1, 1)).toEqual(['[0]']);
    expect(document.child(root, 5000)).toBeUndefined();
    expect(document.child(root, Number.NaN)).toBeUndefined();
  });

  test('names paths as JSONPath', () => {
    const document = parseJson(
      String.raw`{"meta":{"route":[0,1,{"a b":1}]},"it's":1,"\n\u0001\\":2,"ä":3,"\ud800":4,"":5}`,
    );
    expect(document.path(rootOf(document))).toBe('$');
    expect(document.path(find(document, 0, 0, 2))).toBe('$.meta.route[2]');
    expect(document.path(find(document, 0, 0, 2, 0))).toBe("$.meta.route[2]['a b']");
    expect(document.path(find(document, 1))).toBe("$['it\\'s']");
    expect(document.path(find(document, 2))).toBe("$['\\n\\u0001\\\\']");
    expect(document.path(find(document, 3))).toBe("$['ä']");
    expect(document.path(find(document, 4))).toBe("$['\\ud800']");
    expect(document.path(find(document, 5))).toBe("$['']");
  });

  test('can be read from a scan that crossed a structured clone', () => {
    const document = new JsonDocument(structuredClone(scanJson('{"a":[1,2]}')));
    expect(rebuild(document)).toEqual({ a: [1, 2] });
  });
});

describe('errors', () => {
  test.each([
    ['{"a":1,}', { code: 'trailing-comma', offset: 7, found: '}', expected: ['key'] }],
    ['[1,\n]', { code: 'trailing-comma', offset: 4, line: 2, column: 1, found: ']', expected: ['value'] }],
    ['{"a":undefined}', { code: 'unknown-word', offset: 5, found: 'undefined', expected: ['value'] }],
    ['[NaN]', { code: 'unknown-word', offset: 1, found: 'NaN', expected: ['value', ']'] }],
    ['{} {}', { code: 'text-after-value', offset: 3, found: '{', expected: ['end-of-text'] }],
    ['["\t"]', { code: 'control-character', offset: 2, found: '\t', expected: ['"'] }],
    ['"\\q"', { code: 'bad-escape', offset: 2, found: 'q', expected: ['escape'] }],
    ['"\\u00😀"', { code: 'bad-escape', offset: 5, found: '😀', expected: ['hex-digit'] }],
    ['[-007]', { code: 'leading-zero', offset: 2, found: '0' }],
    ['[1', { code: 'unexpected-end', offset: 2, found: '', openedAt: 0, expected: [',', ']'] }],
    ['["x', { code: 'unexpected-end', offset: 3, openedAt: 1, expected: ['"'] }],
    ['', { code: 'unexpected-end', offset: 0, line: 1, column: 1, openedAt: undefined, expected: ['value'] }],
    ["{'a':1}", { code: 'unexpected-character', offset: 1, found: "'", expected: ['key', '}'] }],
    ['{"a" 1}', { code: 'unexpected-character', offset: 5, found: '1', expected: [':'] }],
    ['[1.]', { code: 'unexpected-character', offset: 3, found: ']', expected: ['digit'] }],
    ['\n\r\n\r  x', { code: 'unknown-word', line: 4, column: 3 }],
  ])('%j', (text, expected) => {
    expect(parseJson(text).error).toMatchObject(expected);
  });

  test('keeps the tree before the error and marks what was never closed', () => {
    const document = parseJson('{"a":[1,{"b":2},3,oops');
    const [root, array] = [rootOf(document), find(document, 0)];
    expect([root, array].map((node) => document.isComplete(node))).toEqual([false, false]);
    expect([...document.children(array)].map((node) => document.sourceText(node))).toEqual([
      '1',
      '{"b":2}',
      '3',
    ]);
    expect(document.isComplete(find(document, 0, 1))).toBe(true);
    expect(document.sourceText(array)).toBe('[1,{"b":2},3,');
    expect(document.path(find(document, 0, 2))).toBe('$.a[2]');
  });

  test('has no root where nothing was readable', () => {
    expect(parseJson('oops').root).toBeUndefined();
    expect(parseJson('').nodeCount).toBe(0);
  });

  test('quotes only the beginning of an endless word', () => {
    expect(parseJson('a'.repeat(1000)).error?.found).toHaveLength(32);
  });

  test.each([
    ['[1,]', "Line 1, column 4: found ']' right after a comma, where a value was expected."],
    ['"\u0007"', 'Line 1, column 2: a string holds the control character U+0007, which must be escaped.'],
    ['{"a"', "Line 1, column 5: the text ends where ':' was expected, for what was opened at offset 0."],
    ['', 'Line 1, column 1: the text ends where a value was expected.'],
    ['1 2', "Line 1, column 3: found '2' after the end of the value."],
    ['None', "Line 1, column 1: the word 'None' is not JSON; a value was expected."],
    ['"\\q', "Line 1, column 3: found 'q' in an escape sequence, where one of \"\\/bfnrtu was expected."],
    ['00', 'Line 1, column 1: a number must not have leading zeros.'],
    ['[1;', "Line 1, column 3: found ';' where ',' or ']' was expected."],
  ])('describes %j in English', (text, sentence) => {
    const { error } = parseJson(text);
    expect(error && describeJsonError(error)).toBe(sentence);
  });
});

describe('hostile input', () => {
  test('a million nested brackets, closed', () => {
    const depth = 1_000_000;
    const document = parseJson('['.repeat(depth) + ']'.repeat(depth));
    expect(document.ok).toBe(true);
    expect(document.nodeCount).toBe(depth);
    const deepest = (depth - 1) as JsonNodeId;
    expect(document.sourceText(deepest)).toBe('[]');
    expect(document.path(deepest)).toHaveLength(1 + 3 * (depth - 1));
  });

  test('a million nested objects, never closed', () => {
    const depth = 1_000_000;
    const document = parseJson('{"a":'.repeat(depth));
    expect(document.error).toMatchObject({ code: 'unexpected-end', openedAt: 5 * (depth - 1) });
    expect(document.childCount(rootOf(document))).toBe(1);
    expect(document.isComplete(rootOf(document))).toBe(false);
  });

  test('a flat array of a million numbers is entered at its end', () => {
    const document = parseJson(`[${'7,'.repeat(999_999)}8]`);
    const last = [...document.children(rootOf(document), 999_999, 5)];
    expect(last.map((node) => document.sourceText(node))).toEqual(['8']);
    expect(last.map((node) => document.path(node))).toEqual(['$[999999]']);
  });

  test('a string of ten million characters', () => {
    const text = JSON.stringify('x'.repeat(10_000_000));
    const document = parseJson(text);
    expect(document.stringValue(rootOf(document))).toHaveLength(10_000_000);
  });
});

test.each([
  ['{', true],
  [' \r\n\t[1', true],
  ['42', false],
  ['"x"', false],
  ['', false],
  ['hello {', false],
])('%j looks like JSON: %s', (text, expected) => {
  expect(looksLikeJson(text)).toBe(expected);
});
