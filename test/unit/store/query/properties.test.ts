import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonPath } from '../../../../src/decoders/json/path.ts';
import { FrameKind } from '../../../../src/protocol/frames.ts';
import { type Expression, negate } from '../../../../src/store/query/language/expression.ts';
import type { JsonTest } from '../../../../src/store/query/language/json-test.ts';
import { parseFilter } from '../../../../src/store/query/language/parse.ts';
import { problemMessage } from '../../../../src/store/query/language/problems.ts';
import { compileFilter } from '../../../../src/store/query/matching/match.ts';
import { textsWithPrefix } from '../../helpers/locales.ts';
import { matches } from './matching/matches.ts';
import { expected, anyExpression as expression, anyRow as row } from './plain-language.ts';
import { Rows, rowOf } from './rows.ts';

const PIECES = [
  ...['(', ')', '-', '"', '/', '{', '}', '[', ']', '\\', ' ', ':', ',', '..', '>', '<=', '\ud83d', '\u3000'],
  ...[
    'and',
    'or',
    'not',
    'dir:',
    'type:',
    'event:',
    'len:',
    'socket:',
    'is:',
    'time:',
    'state:',
    'dri:',
    'tiem:',
  ],
  ...['$', '$.a', '$[', '[0]', '.*', '==', '!=', '<', '~', 'contains', '-5m', '2026-03-01'],
  ...[
    'sent',
    'text',
    'open',
    'dropped',
    '10',
    '1k',
    '12:30',
    '.5',
    'i',
    'x',
    '*',
    '{"op":"ping"}',
    '/a/i',
    '"a b"',
  ],
];

/** Anything at all, and strings that look as if they were meant. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join('')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(' ')),
);

const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;

function path(steps: JsonPath): string {
  const parts = steps.map((step) => {
    if (step.type === 'any') return '[*]';
    return `[${step.type === 'member' ? JSON.stringify(step.name) : step.index}]`;
  });
  return `$${parts.join('')}`;
}

function asked(test: JsonTest): string {
  switch (test.type) {
    case 'exists':
      return '';
    case 'contains':
      return `contains ${JSON.stringify(test.text)}`;
    case 'compare': {
      const { type, text } = test.value;
      return `${test.comparison} ${type === 'string' ? JSON.stringify(text) : text}`;
    }
  }
}

/** Writes an expression as a filter. */
function written(it: Expression): string {
  switch (it.type) {
    case 'and':
      return `(${it.terms.map(written).join(' ')})`;
    case 'or':
      return `(${it.terms.map(written).join(' or ')})`;
    case 'not':
      return `-${written(it.term)}`;
    case 'text':
      return quote(it.text);
    case 'socket':
      return `socket:${quote(it.text)}`;
    case 'note':
      return `note:${quote(it.text)}`;
    case 'regex':
      return `/${it.source}/${it.flags}`;
    case 'direction':
      return `dir:${it.anyOf.join(',')}`;
    case 'payload':
      return `type:${it.anyOf.join(',')}`;
    case 'message-type':
      return `type:${quote(it.anyOf.join(','))}`;
    case 'event':
      return `event:${it.anyOf.join(',')}`;
    case 'mark':
      return `is:${it.anyOf.join(',')}`;
    case 'length':
      return `len:${it.min}..${it.max}`;
    case 'json':
      return `${path(it.path)} ${asked(it.test)}`.trim();
    case 'json-regex':
      return `${path(it.path)} ~ /${it.source}/${it.flags}`;
    case 'time':
    case 'age':
    case 'state':
    case 'socket-number':
    case 'shown':
    case 'span':
      throw new Error('not drawn here');
  }
}

describe('the parser', () => {
  test('accepts any text, and reports problems at places within it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const result = parseFilter(text);
        if (result.ok) return;
        const { start, end } = result.problem;
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThan(start);
        expect(end).toBeLessThanOrEqual(text.length);
        expect(textsWithPrefix('filterProblem').en).toHaveProperty(problemMessage(result.problem).key);
      }),
      { numRuns: 3000 },
    );
  });

  test('accepts only what can be compiled and run', () => {
    const rows = new Rows([
      rowOf({ payload: 'ping' }),
      rowOf({ kind: FrameKind.gap, eventText: '3 dropped' }),
    ]);
    fc.assert(
      fc.property(anyText, (text) => {
        const result = parseFilter(text);
        if (!result.ok || result.expression === undefined) return;
        const filter = compileFilter(result.expression);
        expect([matches(filter, rows, 0), matches(filter, rows, 1)]).toHaveLength(2);
      }),
      { numRuns: 1000 },
    );
  });

  test('any text can be searched for in quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        expect(parseFilter(quote(text))).toEqual({ ok: true, expression: { type: 'text', text } });
      }),
    );
  });

  test('any JSON can be searched for without quotes', () => {
    const container = fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()));
    fc.assert(
      fc.property(container, fc.constantFrom(undefined, 1), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseFilter(text)).toEqual({ ok: true, expression: { type: 'text', text } });
      }),
    );
  });

  test('reads back what was written', () => {
    fc.assert(
      fc.property(expression, (it) => {
        expect(parseFilter(written(it))).toEqual({ ok: true, expression: it });
      }),
    );
  });

  test('not not x is x', () => {
    fc.assert(
      fc.property(expression, (it) => {
        expect(parseFilter(`not not ${written(it)}`)).toEqual(parseFilter(written(it)));
        expect(negate(negate(it))).toEqual(it);
      }),
    );
  });
});

describe('a compiled filter', () => {
  test('agrees with the definition of the language', () => {
    fc.assert(
      fc.property(expression, fc.array(row, { minLength: 1, maxLength: 10 }), (it, rows) => {
        const filter = compileFilter(it);
        const source = new Rows(rows);
        for (const [index, of] of rows.entries()) {
          expect(matches(filter, source, index)).toBe(expected(it, of));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('gives the same answer in any order of terms', () => {
    fc.assert(
      fc.property(fc.array(expression, { minLength: 2, maxLength: 5 }), row, (terms, of) => {
        const source = new Rows([of]);
        const backwards = [...terms].reverse();
        for (const type of ['and', 'or'] as const) {
          const forth = matches(compileFilter({ type, terms }), source, 0);
          expect(matches(compileFilter({ type, terms: backwards }), source, 0)).toBe(forth);
        }
      }),
    );
  });

  test('gives the opposite answer with not', () => {
    fc.assert(
      fc.property(expression, row, (it, of) => {
        const source = new Rows([of]);
        const turned = matches(compileFilter({ type: 'not', term: it }), source, 0);
        expect(turned).toBe(!matches(compileFilter(it), source, 0));
      }),
    );
  });
});
