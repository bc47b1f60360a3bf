import { createContext, runInContext, Script } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { findInsertion, type Insertion } from '../../../src/workers/prologue.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const find = (text: string, isWhole = true) => findInsertion(bytesOf(text), isWhole);

/** The script with a mark where the statement would go. */
function marked(text: string): string {
  const at = find(text);
  if (typeof at !== 'number') return at;
  const bytes = bytesOf(text);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return `${decoder.decode(bytes.subarray(0, at))}▮${decoder.decode(bytes.subarray(at))}`;
}

describe('a statement can be put', () => {
  test.each([
    ['in front of a script without directives', 'foo();', '▮foo();'],
    ['into a script of nothing', '', '▮'],
    [
      'in front of comments, so that columns of what follows stay',
      '// a\n/* b */ foo()',
      '▮// a\n/* b */ foo()',
    ],
    ['behind a directive', "'use strict'; foo()", "'use strict';▮ foo()"],
    ['behind a directive in double quotes', '"use strict";foo()', '"use strict";▮foo()'],
    ['behind the last of several', "'a';\n\"b\"\n'c'\nfoo()", "'a';\n\"b\"\n'c'▮\nfoo()"],
    ['behind one without a semicolon', "'use strict'\nfoo()", "'use strict'▮\nfoo()"],
    ['behind one that is all there is', "'use strict'", "'use strict'▮"],
    [
      'behind one after comments',
      "/* a\n */ // b\n'use strict';\nfoo()",
      "/* a\n */ // b\n'use strict';▮\nfoo()",
    ],
    ['between a directive and its comment', "'use strict' // a\nfoo()", "'use strict'▮ // a\nfoo()"],
    ['where a comment ends the line', "'use strict' /* \n */ foo()", "'use strict'▮ /* \n */ foo()"],
    ['behind quotes that are escaped', "'a\\'b\\\\';foo()", "'a\\'b\\\\';▮foo()"],
    ['behind a string over two lines', "'a\\\r\nb';foo()", "'a\\\r\nb';▮foo()"],
    ['behind the byte order mark', '\ufefffoo()', '\ufeff▮foo()'],
    ['below a hashbang', "#! 'use strict'\nfoo()", "#! 'use strict'\n▮foo()"],
    ['below a hashbang with CRLF', '#!x\r\nfoo()', '#!x\r\n▮foo()'],
    ['in front of a template, which is no directive', '`use strict`; foo()', '▮`use strict`; foo()'],
    ['in front of a string in parentheses', "('use strict'); foo()", "▮('use strict'); foo()"],
    ['in front of a regular expression', "/'use strict'/; foo()", "▮/'use strict'/; foo()"],
    ['behind a directive, in front of an import', "'use strict'\nimport 'a'", "'use strict'▮\nimport 'a'"],
    ['where names only begin like operators', "'a'\ninstanceofs()", "'a'▮\ninstanceofs()"],
    ['behind text that is not ASCII', "// “ä”\n'ß → 𝒳';\nfoo()", "// “ä”\n'ß → 𝒳';▮\nfoo()"],
  ])('%s', (_, script, expected) => {
    expect(marked(script)).toBe(expected);
  });
});

describe('a script is left alone', () => {
  test.each([
    ['where a string goes on as an expression', "'use strict' + foo"],
    ['where it goes on in the next line', "'use strict'\n+ foo"],
    ['where a method is called', "'use strict'\n.trim()"],
    ['where it is an operand of `in`', "'use strict'\nin foo"],
    ['where it is an operand of `instanceof`', "'use strict'\ninstanceof foo"],
    ['where it is divided', "'a'\n/b/c"],
    ['where it is tagged', "'a'\n`b`"],
    ['where it is a part of a list', "'a', foo()"],
    ['where it begins with an HTML comment', '<!-- a\nfoo()'],
    ['where it begins with the end of an HTML comment', '--> a\nfoo()'],
    ['in UTF-16', '\u0000f\u0000o\u0000o'],
    ['where a string does not end', "'use strict\nfoo()"],
    ['where a comment does not end', '/* foo()'],
    ['where a line ends in an unusual way', "// a\u2028'use strict'"],
    ['where unusual white space comes first', "\u3000'use strict'"],
    ['where a name is escaped', "'a'\n\\u0069n foo"],
    ['where there is a hashbang alone', '#!/usr/bin/env node'],
  ])('%s', (_, script) => {
    expect(find(script)).toBe('none');
  });

  it('in either byte order of UTF-16', () => {
    for (const mark of [
      [0xff, 0xfe],
      [0xfe, 0xff],
    ]) {
      expect(findInsertion(new Uint8Array([...mark, 0x66, 0x00]), true)).toBe('none');
    }
  });
});

// Pieces of the beginning of scripts, likely and unlikely ones.
const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("'use strict'", '"use strict"', "'a'", '"\\""', "'\\\n'", '""', "'ü'"),
  },
  { weight: 4, arbitrary: fc.constantFrom(';', '\n', '\r\n', ' ', '\t', '\u00a0', '\u2028') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('// c\n', '/* c */', '/* c\n */', '/* “ */', '<!-- c\n', '--> c\n'),
  },
  fc.constantFrom(
    '+',
    '-',
    '++x',
    '--x',
    '!',
    '!x',
    '~x',
    '/',
    '/x/',
    '.x',
    ',',
    '(0)',
    '[0]',
    '`t`',
    '{}',
    '?.x',
  ),
  fc.constantFrom(
    'x',
    'var y',
    'in x',
    'instanceof Object',
    'inx',
    '$',
    '1',
    'if(1);',
    'let z',
    '=1',
    '\\u0078',
    '@',
  ),
);
const script = fc
  .tuple(fc.constantFrom('', '', '', '\ufeff', '#!x\n', '#!x'), fc.array(piece, { maxLength: 7 }))
  .map(([start, pieces]) => `${start}${pieces.join('')}`);

const STRICTNESS = '\n;strict = (function () { return this === undefined; })();';
const MARK = ';(function(){"use strict";try{marks++}catch{}})();';

/** What running a script comes to; undefined if it does not compile. The mark of the decoder is not a part of it. */
function outcome(text: string): { strict: unknown; error: string | undefined; marks: unknown } | undefined {
  const source = text.replace(/^\ufeff/, '') + STRICTNESS;
  try {
    new Script(source);
  } catch {
    return undefined;
  }
  const context = createContext({ x: {}, inx: 1, $: 1, strict: 'unknown', marks: 0 });
  let error: string | undefined;
  try {
    runInContext(source, context);
  } catch (thrown) {
    error = String(thrown);
  }
  return { strict: context.strict, error, marks: context.marks };
}

function insert(text: string, at: number): string {
  const bytes = bytesOf(text);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return decoder.decode(bytes.subarray(0, at)) + MARK + decoder.decode(bytes.subarray(at));
}

test('a script with the statement runs as it does without, and the statement runs too', () => {
  let compared = 0;
  fc.assert(
    fc.property(script, (text) => {
      const at = find(text);
      if (typeof at !== 'number') return;
      const before = outcome(text);
      expect(outcome(insert(text, at))).toEqual(before && { ...before, marks: 1 });
      if (before) compared++;
    }),
    { numRuns: 4000 },
  );
  expect(compared).toBeGreaterThan(400);
});

test('the beginning of a script tells the same as the whole, or that more is needed', () => {
  fc.assert(
    fc.property(script, fc.nat(), (text, length) => {
      const bytes = bytesOf(`${text}\nfoo();`);
      const whole = findInsertion(bytes, true);
      const told: Insertion = findInsertion(bytes.subarray(0, length % bytes.length), false);
      expect([whole, 'more']).toContain(told);
    }),
    { numRuns: 2000 },
  );
});

test('no bytes are thrown at', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.boolean(), (bytes, isWhole) => void findInsertion(bytes, isWhole)),
  );
});
