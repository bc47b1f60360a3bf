import {
  anyOf,
  DIRECTIONS,
  EVENTS,
  type Expression,
  KEYS,
  type Key,
  MARKS,
  PAYLOAD_TYPES,
  STATES,
} from './expression.ts';
import { parseLength } from './length.ts';
import { parseAges, parseDates } from './moments.ts';
import type { ProblemCause } from './problems.ts';
import { editDistance } from './suggest.ts';
import { parseTime } from './time-of-day.ts';

/** The key that a word means, in whatever case it is written. */
export function keyNamed(word: string): Key | undefined {
  return KEYS.find((key) => key === word.toLowerCase());
}

/** What `key:value` asks for, or why it cannot. */
export function keyTerm(key: Key, value: string): Expression | ProblemCause {
  if (value === '') return { code: 'missingValue', key };
  switch (key) {
    case 'dir':
      return listOf(key, value, DIRECTIONS, (words) => ({ type: 'direction', anyOf: words }));
    case 'type':
      return typeTerm(value);
    case 'event':
      return listOf(key, value, EVENTS, (words) => ({ type: 'event', anyOf: words }));
    case 'is':
      return listOf(key, value, MARKS, (words) => ({ type: 'mark', anyOf: words }));
    case 'len':
      return lengthTerm(value);
    case 'socket':
      return { type: 'socket', text: value };
    case 'note':
      return { type: 'note', text: value };
    case 'state':
      return listOf(key, value, STATES, (words) => ({ type: 'state', anyOf: words }));
    case 'time':
      return timeTerm(value);
  }
}

/** Words of a closed list, with commas between them where any will do. */
function listOf<Word extends string>(
  key: Key,
  value: string,
  known: readonly Word[],
  make: (words: readonly Word[]) => Expression,
): Expression | ProblemCause {
  const words: Word[] = [];
  for (const item of value.split(',')) {
    const word = known.find((candidate) => candidate === item.toLowerCase());
    if (word === undefined) return { code: 'badValue', key, value: item, known };
    words.push(word);
  }
  return make(words);
}

/** Kinds of payload and, for every other word, what protocols call their messages. */
function typeTerm(value: string): Expression | ProblemCause {
  const words = value.toLowerCase().split(',');
  if (words.includes('')) return { code: 'badValue', key: 'type', value, known: PAYLOAD_TYPES };
  const kinds = words.flatMap((word) => PAYLOAD_TYPES.find((kind) => kind === word) ?? []);
  const names = words.filter((word) => !PAYLOAD_TYPES.some((kind) => kind === word));
  const terms: Expression[] = [];
  if (kinds.length > 0) terms.push({ type: 'payload', anyOf: kinds });
  if (names.length > 0) terms.push({ type: 'message-type', anyOf: names, matchesCase: false });
  return anyOf(terms);
}

function lengthTerm(value: string): Expression | ProblemCause {
  const range = parseLength(value);
  if (range === undefined) return { code: 'badLength', value };
  // A comparison that nothing can meet, `len:<0`, is no mistake worth stopping at; a range turned round is.
  if (range.min > range.max && value.includes('..')) return { code: 'emptyRange', value };
  return { type: 'length', ...range };
}

function timeTerm(value: string): Expression | ProblemCause {
  const span = parseDates(value);
  if (span) return span.from < span.to ? { type: 'span', ...span } : { code: 'emptyRange', value };
  const age = parseAges(value);
  if (age) return age.least <= age.most ? { type: 'age', ...age } : { code: 'emptyRange', value };
  const ranges = parseTime(value);
  if (ranges === undefined) return { code: 'badTime', value };
  return anyOf(ranges.map((range): Expression => ({ type: 'time', ...range })));
}

/** Keys that hardly anything else is called like. */
const DISTINCT: ReadonlySet<Key> = new Set(['event', 'socket']);

/** Whatever follows, it is a value, and `name:` and `node:` are words that stand in messages. */
const TAKES_ALL: ReadonlySet<Key> = new Set(['note']);

/**
 * The key that someone may have meant by an unknown one, if that is likely. Free text has colons too (`ws://host`,
 * `id:5`, `a:b`) and must stay searchable, so most keys count as mistyped only if what follows is a value it takes.
 */
export function mistypedKey(word: string, value: string): Key | undefined {
  if (value.startsWith('//')) return undefined;
  const lower = word.toLowerCase();
  const isMeant = (key: Key) => isNear(key, lower) && !TAKES_ALL.has(key);
  return KEYS.find((key) => isMeant(key) && (DISTINCT.has(key) || !('code' in keyTerm(key, value))));
}

function isNear(key: Key, word: string): boolean {
  const limit = key.length <= 3 ? 1 : 2;
  return Math.abs(key.length - word.length) <= limit && editDistance(key, word) <= limit;
}
