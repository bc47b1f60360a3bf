import fc from 'fast-check';
import type { JsonPath, JsonStep } from '../../../../src/decoders/json/path.ts';
import { payloadType } from '../../../../src/decoders/message-types/payload-type.ts';
import { guessReading } from '../../../../src/decoders/readings/reading.ts';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import {
  DIRECTIONS,
  EVENTS,
  type Expression,
  MARKS,
  negate,
  PAYLOAD_TYPES,
} from '../../../../src/store/query/language/expression.ts';
import {
  COMPARISONS,
  type Comparison,
  type JsonScalar,
  type JsonTest,
} from '../../../../src/store/query/language/json-test.ts';
import { type Row, rowOf } from './rows.ts';

/** Texts that are looked for, and that payloads are made of. */
export const WORDS = [
  'ping',
  '{"type":"Trade"}',
  'Pong',
  'ä',
  'k',
  '5',
  '{"a":1}',
  'a b',
  '-x',
  'and',
  'dir:sent',
  '"',
  '\\',
];
const JSON_TEXTS = [
  '{"type":"Trade"}',
  '{"type":"TRADE 1","a":null}',
  '{"a":1,"b c":[{"type":"Trade"},2]}',
  '{"a":"5.5","b c":["ä\\"",{"a":1}]}',
  '{"a":{"b":10},"type":[1,"Trade"]}',
  '[[1,"Trade"],[null]]',
];
const someOf = <T>(words: readonly T[]) => fc.uniqueArray(fc.constantFrom(...words), { minLength: 1 });

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text: fc.constantFrom(...WORDS) }),
  fc.record({ type: fc.constant('socket' as const), text: fc.constantFrom(...WORDS) }),
  fc.record({ type: fc.constant('note' as const), text: fc.constantFrom(...WORDS) }),
  fc.record({
    type: fc.constant('regex' as const),
    source: fc.constantFrom('p[io]ng', '^a', '\\x80'),
    flags: fc.constantFrom('', 'i', 'su'),
  }),
  fc.record({ type: fc.constant('direction' as const), anyOf: someOf(DIRECTIONS) }),
  fc.record({ type: fc.constant('payload' as const), anyOf: someOf(PAYLOAD_TYPES) }),
  fc.record({
    type: fc.constant('message-type' as const),
    anyOf: someOf(['trade', 'x y']),
    matchesCase: fc.constant(false),
  }),
  fc.record({ type: fc.constant('event' as const), anyOf: someOf(EVENTS) }),
  fc.record({ type: fc.constant('mark' as const), anyOf: someOf(MARKS) }),
  fc
    .tuple(fc.nat(300), fc.nat(300))
    .map(([min, more]): Expression => ({ type: 'length', min, max: min + more })),
);

/** Paths, and values they are compared with. */
const PATHS: readonly JsonPath[] = [
  [{ type: 'member', name: 'type' }],
  [{ type: 'member', name: 'a' }],
  [
    { type: 'member', name: 'b c' },
    { type: 'element', index: 0 },
  ],
  [{ type: 'any' }, { type: 'any' }],
];
const path = fc.constantFrom(...PATHS);
const scalar: fc.Arbitrary<JsonScalar> = fc.constantFrom(
  { type: 'string', text: 'Trade' },
  { type: 'string', text: 'ä"' },
  { type: 'number', text: '1' },
  { type: 'number', text: '5.5' },
  { type: 'word', text: 'null' },
);
const jsonTest: fc.Arbitrary<JsonTest> = fc.oneof(
  fc.constant<JsonTest>({ type: 'exists' }),
  fc.constantFrom('trade', '1').map((text): JsonTest => ({ type: 'contains', text })),
  fc
    .tuple(fc.constantFrom(...COMPARISONS), scalar)
    .filter(([comparison, { type }]) => type !== 'word' || comparison.endsWith('='))
    .filter(([comparison, { type }]) => type !== 'word' || !/[<>]/.test(comparison))
    .map(([comparison, value]): JsonTest => ({ type: 'compare', comparison, value })),
);
const jsonLeaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.record({ type: fc.constant('json' as const), path, test: jsonTest }),
  fc.record({
    type: fc.constant('json-regex' as const),
    path,
    source: fc.constantFrom('^T', '1'),
    flags: fc.constantFrom('', 'i'),
  }),
);

const { expression: anyExpression } = fc.letrec<{ expression: Expression; group: Expression }>((tie) => ({
  expression: fc.oneof({ depthSize: 'small' }, leaf, jsonLeaf, tie('group')),
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

export const anyRow: fc.Arbitrary<Row> = fc
  .record({
    kind: fc.constantFrom(...Object.values(FrameKind)),
    flags: fc.nat(127),
    size: fc.nat(600),
    url: fc.constantFrom('wss://a.test/PING', 'wss://b.test/k5'),
    payload: fc.oneof(
      fc.array(fc.constantFrom(...WORDS)).map((words) => words.join('')),
      fc.constantFrom(...JSON_TEXTS),
      fc.constantFrom(...JSON_TEXTS).map((text) => new TextEncoder().encode(text)),
      fc.uint8Array({ maxLength: 8 }),
      fc.constant(undefined),
    ),
    remark: fc.record({ isStarred: fc.boolean(), note: fc.constantFrom('', 'PING a b', '5') }),
    eventText: fc.constantFrom('', 'ping', '1006 Abnormal Closure'),
  })
  .map(rowOf);

/** The language once more, as plainly as it can be said. */
export function expected(it: Expression, of: Row): boolean {
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
    case 'note':
      return of.remark.note.toLowerCase().includes(it.text.toLowerCase());
    case 'regex':
      return readings(of).some((text) => new RegExp(it.source, it.flags).test(text));
    case 'direction':
      return it.anyOf.some((word) => kindName(of).startsWith(word));
    case 'payload':
      return it.anyOf.some((word) => kindName(of).toLowerCase().endsWith(word));
    case 'message-type':
      return (
        of.payload !== undefined &&
        of.kind < FrameKind.open &&
        it.anyOf.includes(payloadType(of.payload, { url: of.url })?.toLowerCase() ?? '')
      );
    case 'event':
      return it.anyOf.some((word) => kindName(of) === word);
    case 'mark':
      return it.anyOf.some((word) =>
        word === 'starred'
          ? of.remark.isStarred
          : word === 'dropped'
            ? of.kind >= FrameKind.gap
            : (of.flags & FrameFlag[word === 'panel' ? 'byPanel' : word]) !== 0,
      );
    case 'length':
      return of.kind < FrameKind.open && of.size >= it.min && of.size <= it.max;
    case 'json':
      return valuesAt(it.path, of).some((value) => passesTest(value, it.test));
    case 'json-regex':
      return valuesAt(it.path, of).some((value) => new RegExp(it.source, it.flags).test(textOf(value)));
    case 'time':
    case 'age':
    case 'state':
    case 'socket-number':
    case 'shown':
    case 'span':
      throw new Error('not drawn here');
  }
}

function valuesAt(path: JsonPath, { kind, payload }: Row): unknown[] {
  if (kind >= FrameKind.open || payload === undefined) return [];
  // A few random bytes can be a list of CBOR or MessagePack, and now and then are.
  const text =
    typeof payload === 'string'
      ? payload
      : (guessReading(payload)?.json ?? Buffer.from(payload).toString('utf8'));
  return path.reduce(
    (values: unknown[], step) => values.flatMap((value) => stepInto(value, step)),
    [firstJson(text)],
  );
}

/** The object or array that a text begins with, behind a number where there is one, whatever follows. */
function firstJson(whole: string): unknown {
  const text = whole.replace(/^\d+(?=[[{])/, '');
  for (let end = text.length; end > 0 && /^[{[]/.test(text); end--) {
    try {
      return JSON.parse(text.slice(0, end));
    } catch {
      // it ends earlier, if at all
    }
  }
  return undefined;
}

function stepInto(value: unknown, step: JsonStep): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const isArray = Array.isArray(value);
  if (step.type === 'any') return Object.values(value);
  const wanted =
    step.type === 'member' ? (isArray ? undefined : step.name) : isArray ? String(step.index) : undefined;
  return Object.entries(value).flatMap(([name, item]) => (name === wanted ? [item] : []));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function passesTest(value: unknown, test: JsonTest): boolean {
  switch (test.type) {
    case 'exists':
      return true;
    case 'contains':
      return textOf(value).toLowerCase().includes(test.text.toLowerCase());
    case 'compare':
      return passesComparison(value, test.comparison, test.value);
  }
}

function passesComparison(value: unknown, comparison: Comparison, { type, text }: JsonScalar): boolean {
  const wanted: unknown = type === 'string' ? text : JSON.parse(text);
  if (comparison === '==') return value === wanted;
  if (comparison === '!=') return value !== wanted;
  if (typeof wanted !== 'string' && typeof wanted !== 'number') return false;
  const isComparable =
    typeof wanted === 'string' ? typeof value === 'string' : /^[-\d.]+$/.test(textOf(value));
  if (!isComparable) return false;
  const left = typeof wanted === 'string' ? textOf(value) : Number(textOf(value));
  if (comparison === '<') return left < wanted;
  if (comparison === '<=') return left <= wanted;
  return comparison === '>' ? left > wanted : left >= wanted;
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

export { anyExpression };
