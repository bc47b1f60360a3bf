import fc from 'fast-check';
import { messageType } from '../../../../src/decoders/message-type.ts';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import {
  DIRECTIONS,
  EVENTS,
  type Expression,
  MARKS,
  negate,
  PAYLOAD_TYPES,
} from '../../../../src/store/query/expression.ts';
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
  fc.record({ type: fc.constant('message-type' as const), anyOf: someOf(['trade', 'x y']) }),
  fc.record({ type: fc.constant('event' as const), anyOf: someOf(EVENTS) }),
  fc.record({ type: fc.constant('mark' as const), anyOf: someOf(MARKS) }),
  fc
    .tuple(fc.nat(300), fc.nat(300))
    .map(([min, more]): Expression => ({ type: 'length', min, max: min + more })),
);

const { expression: anyExpression } = fc.letrec<{ expression: Expression; group: Expression }>((tie) => ({
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

export const anyRow: fc.Arbitrary<Row> = fc
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
    case 'regex':
      return readings(of).some((text) => new RegExp(it.source, it.flags).test(text));
    case 'direction':
      return it.anyOf.some((word) => kindName(of).startsWith(word));
    case 'payload':
      return it.anyOf.some((word) => kindName(of).toLowerCase().endsWith(word));
    case 'message-type':
      return (
        typeof of.payload === 'string' &&
        of.kind < FrameKind.open &&
        kindName(of).endsWith('Text') &&
        it.anyOf.includes(messageType(of.payload, { url: of.url })?.toLowerCase() ?? '')
      );
    case 'event':
      return it.anyOf.some((word) => kindName(of) === word);
    case 'mark':
      return it.anyOf.some((word) =>
        word === 'dropped'
          ? of.kind >= FrameKind.gap
          : (of.flags & FrameFlag[word === 'panel' ? 'byPanel' : word]) !== 0,
      );
    case 'length':
      return of.kind < FrameKind.open && of.size >= it.min && of.size <= it.max;
    case 'time':
    case 'socket-number':
    case 'span':
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

export { anyExpression };
