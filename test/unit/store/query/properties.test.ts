import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import {
  DIRECTIONS,
  EVENTS,
  type Expression,
  MARKS,
  negate,
  PAYLOAD_TYPES,
} from '../../../../src/store/query/expression.ts';
import { compileFilter } from '../../../../src/store/query/match.ts';
import { parseFilter } from '../../../../src/store/query/parse.ts';
import { problemMessage } from '../../../../src/store/query/problems.ts';
import { textsWithPrefix } from '../../helpers/locales.ts';
import { type Row, Rows, rowOf } from './rows.ts';

const PIECES = [
  ...['(', ')', '-', '"', '/', '{', '}', '[', ']', '\\', ' ', ':', ',', '..', '>', '<=', '\ud83d', '\u3000'],
  ...['and', 'or', 'not', 'dir:', 'type:', 'event:', 'len:', 'socket:', 'is:', 'time:', 'dri:', 'tiem:'],
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

const WORDS = ['ping', 'Pong', 'ä', 'k', '5', '{"a":1}', 'a b', '-x', 'and', 'dir:sent', '"', '\\'];
const someOf = <T>(words: readonly T[]) => fc.uniqueArray(fc.constantFrom(...words), { minLength: 1 });

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text: fc.constantFrom(...WORDS) }),
  fc.record({ type: fc.constant('socket' as const), text: fc.constantFrom(...WORDS) }),
  fc.record({
    type: fc.constant('regex' as const),
    source: fc.constantFrom('p[io]ng', '^a', '\\x80'),
    flags: fc.constantFrom('', 'i', 'su'),
  }),
  fc.record({ type: fc.constant('direction' as const), anyOf: someOf(DIRECTIONS) }),
  fc.record({ type: fc.constant('payload' as const), anyOf: someOf(PAYLOAD_TYPES) }),
  fc.record({ type: fc.constant('event' as const), anyOf: someOf(EVENTS) }),
  fc.record({ type: fc.constant('mark' as const), anyOf: someOf(MARKS) }),
  fc
    .tuple(fc.nat(300), fc.nat(300))
    .map(([min, more]): Expression => ({ type: 'length', min, max: min + more })),
);

const { expression } = fc.letrec<{ expression: Expression; group: Expression }>((tie) => ({
  expression: fc.oneof({ depthSize: 'small' }, leaf, tie('group')),
  group: fc.oneof(
    tie('expression').map(negate),
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('expression'), { minLength: 2, maxLength: 4 }),
      )
      .map(([type, terms]): Expression => ({ type, terms })),
  ),
}));

const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`;

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
    case 'regex':
      return `/${it.source}/${it.flags}`;
    case 'direction':
      return `dir:${it.anyOf.join(',')}`;
    case 'payload':
      return `type:${it.anyOf.join(',')}`;
    case 'event':
      return `event:${it.anyOf.join(',')}`;
    case 'mark':
      return `is:${it.anyOf.join(',')}`;
    case 'length':
      return `len:${it.min}..${it.max}`;
    case 'time':
      throw new Error('not drawn here');
  }
}

const row: fc.Arbitrary<Row> = fc
  .record({
    kind: fc.constantFrom(...Object.values(FrameKind)),
    flags: fc.nat(127),
    size: fc.nat(600),
    url: fc.constantFrom('wss://a.test/PING', 'wss://b.test/k5'),
    payload: fc.oneof(
      fc.array(fc.constantFrom(...WORDS)).map((words) => words.join('')),
      fc.uint8Array({ maxLength: 8 }),
      fc.constant(undefined),
    ),
    eventText: fc.constantFrom('', 'ping', '1006 Abnormal Closure'),
  })
  .map(rowOf);

/** The language once more, as plainly as it can be said. */
function expected(it: Expression, of: Row): boolean {
  switch (it.type) {
    case 'and':
      return it.terms.every((term) => expected(term, of));
    case 'or':
      return it.terms.some((term) => expected(term, of));
    case 'not':
      return !expected(it.term, of);
    case 'text':
      return readings(of).some((text) => text.toLowerCase().includes(it.text.toLowerCase()));
    case 'socket':
      return of.url.toLowerCase().includes(it.text.toLowerCase());
    case 'regex':
      return readings(of).some((text) => new RegExp(it.source, it.flags).test(text));
    case 'direction':
      return it.anyOf.some((word) => kindName(of).startsWith(word));
    case 'payload':
      return it.anyOf.some((word) => kindName(of).toLowerCase().endsWith(word));
    case 'event':
      return it.anyOf.some((word) => kindName(of) === word);
    case 'mark':
      return it.anyOf.some((word) =>
        word === 'dropped'
          ? of.kind === FrameKind.gap
          : (of.flags & FrameFlag[word === 'panel' ? 'byPanel' : word]) !== 0,
      );
    case 'length':
      return of.kind < FrameKind.open && of.size >= it.min && of.size <= it.max;
    case 'time':
      throw new Error('not drawn here');
  }
}

function kindName(of: Row): string {
  return Object.entries(FrameKind).find(([, kind]) => kind === of.kind)?.[0] ?? '';
}

function readings({ kind, payload, eventText }: Row): string[] {
  if (kind >= FrameKind.open) return [eventText];
  if (payload === undefined) return [];
  if (typeof payload === 'string') return [payload];
  return [Buffer.from(payload).toString('utf8'), Buffer.from(payload).toString('latin1')];
}

describe('the parser', () => {
  test('answers any text, and its problems lie inside of it', () => {
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

  test('whatever it accepts can be compiled and asked', () => {
    const rows = new Rows([
      rowOf({ payload: 'ping' }),
      rowOf({ kind: FrameKind.gap, eventText: '3 dropped' }),
    ]);
    fc.assert(
      fc.property(anyText, (text) => {
        const result = parseFilter(text);
        if (!result.ok || result.expression === undefined) return;
        const matches = compileFilter(result.expression);
        expect([matches(rows, 0), matches(rows, 1)]).toHaveLength(2);
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

  test('any JSON can be searched for as it is', () => {
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
  test('says what the language says', () => {
    fc.assert(
      fc.property(expression, fc.array(row, { minLength: 1, maxLength: 10 }), (it, rows) => {
        const matches = compileFilter(it);
        const source = new Rows(rows);
        for (const [index, of] of rows.entries()) {
          expect(matches(source, index)).toBe(expected(it, of));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('the order of terms does not matter', () => {
    fc.assert(
      fc.property(fc.array(expression, { minLength: 2, maxLength: 5 }), row, (terms, of) => {
        const source = new Rows([of]);
        const backwards = [...terms].reverse();
        for (const type of ['and', 'or'] as const) {
          const forth = compileFilter({ type, terms })(source, 0);
          expect(compileFilter({ type, terms: backwards })(source, 0)).toBe(forth);
        }
      }),
    );
  });

  test('not turns every answer round', () => {
    fc.assert(
      fc.property(expression, row, (it, of) => {
        const source = new Rows([of]);
        expect(compileFilter({ type: 'not', term: it })(source, 0)).toBe(!compileFilter(it)(source, 0));
      }),
    );
  });
});
