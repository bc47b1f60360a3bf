import {
  DIRECTIONS,
  EVENTS,
  KEYS,
  type Key,
  MARKS,
  PAYLOAD_TYPES,
  STATES,
} from '../../../store/query/language/expression.ts';

/** Values from the tab's frames and sockets, as they are written in a filter. */
export interface KnownValues {
  /** Parts of the sockets' addresses that tell them apart. */
  sockets(): readonly string[];
  messageTypes(): readonly string[];
  jsonPaths(): readonly string[];
  /** Values seen at a path, as JSON. */
  jsonValues(path: string): readonly string[];
}

/** A suggestion. */
export interface Completion {
  /** The text that replaces the part from {@link from} to {@link to}. */
  readonly insert: string;
  readonly from: number;
  readonly to: number;
  /** The kind of suggestion. After a key, its values are suggested next. */
  readonly kind: 'key' | 'value' | 'path';
  /** Whether it continues what has been typed. */
  readonly goesOn: boolean;
}

/** Most suggestions: nobody reads more at a glance. */
const MOST = 12;

/** How the value of a key can begin if there is no list of values. */
const LENGTHS = ['>1k', '>1M', '<100', '0'];
const AGES = ['-1m', '-5m', '-1h'];

const COMPARED = /(?:^|[\s(-])(\$[.[][^\s=!<>~]*)\s*(?:==?|!=)\s*("(?:[^"\\]|\\.)*|[^\s")]*)$/;
const PATH = /(?:^|[\s(-])(\$[^\s=!<>~"]*)$/;
const KEYED = /(?:^|[\s(-])([a-z]+):((?:[^\s,"]*,)*)([^\s,"]*)$/i;
const WORD = /(?:^|[\s(-])([a-z]*)$/i;

/**
 * Suggestions for the text at the caret, the likeliest first. None if that text is complete or free text.
 * @param isAsked the user wants to see suggestions although nothing has been typed yet
 */
export function completionsAt(
  text: string,
  caret: number,
  known: KnownValues,
  isAsked = false,
): Completion[] {
  const before = text.slice(0, caret);
  const compared = COMPARED.exec(before);
  if (compared) {
    const [, path = '', begun = ''] = compared;
    return offer(text, caret, begun, known.jsonValues(path), 'value');
  }
  if (isInQuotes(before)) return [];
  const path = PATH.exec(before)?.[1];
  if (path !== undefined) return offer(text, caret, path, known.jsonPaths(), 'path');
  const keyed = KEYED.exec(before);
  if (keyed) {
    const [, word = '', listed = '', begun = ''] = keyed;
    const key = KEYS.find((candidate) => candidate === word.toLowerCase());
    return key ? offer(text, caret, begun, valuesOf(key, known, listed), 'value') : [];
  }
  const begun = WORD.exec(before)?.[1];
  if (begun === undefined || (begun === '' && !isAsked)) return [];
  const keys = KEYS.map((key) => `${key}:`);
  return offer(text, caret, begun, begun === '' ? [...keys, '$.'] : keys, 'key');
}

function isInQuotes(text: string): boolean {
  return (text.replace(/\\./g, '').split('"').length - 1) % 2 === 1;
}

function valuesOf(key: Key, known: KnownValues, listed: string): readonly string[] {
  const taken = new Set(listed.toLowerCase().split(','));
  return wordsOf(key, known, listed !== '').filter((word) => !taken.has(word.toLowerCase()));
}

function wordsOf(key: Key, known: KnownValues, isList: boolean): readonly string[] {
  switch (key) {
    case 'dir':
      return DIRECTIONS;
    case 'type':
      return [...PAYLOAD_TYPES, ...known.messageTypes()];
    case 'event':
      return EVENTS;
    case 'state':
      return STATES;
    case 'is':
      return MARKS;
    case 'socket':
      return isList ? [] : known.sockets();
    case 'note':
      return [];
    case 'len':
      return isList ? [] : LENGTHS;
    case 'time':
      return isList ? [] : AGES;
  }
}

/** Suggestions that begin with the typed text, followed by those that contain it elsewhere. */
function offer(
  text: string,
  caret: number,
  begun: string,
  words: readonly string[],
  kind: Completion['kind'],
): Completion[] {
  const from = caret - begun.length;
  const to = caret + (/^[^\s()]*/.exec(text.slice(caret))?.[0].length ?? 0);
  const lower = begun.toLowerCase().replace(/^"/, '');
  if (to === caret && words.some((word) => word.toLowerCase() === begun.toLowerCase())) return [];
  const places = words.map((word) => ({ word, place: placeIn(word, lower, kind) }));
  const fitting = places.filter(({ word, place }) => place >= 0 && word !== text.slice(from, to));
  fitting.sort((a, b) => Math.sign(a.place) - Math.sign(b.place));
  return fitting
    .slice(0, MOST)
    .map(({ word, place }) => ({ insert: word, from, to, kind, goesOn: place === 0 }));
}

/** 0 if a word begins like this, -1 if not. Keys are short enough to be found by their beginning. */
function placeIn(word: string, begun: string, kind: Completion['kind']): number {
  const lower = word.toLowerCase().replace(/^"/, '');
  if (lower.startsWith(begun)) return 0;
  switch (kind) {
    case 'key':
      return -1;
    case 'value':
      return lower.indexOf(begun);
    case 'path': {
      const name = begun.replace(/^\$[.[]?"?/, '');
      return name === '' ? -1 : Math.max(lower.indexOf(`.${name}`), lower.indexOf(`["${name}`));
    }
  }
}
