import type { JsonPath } from '../../../decoders/json/path.ts';
import type { JsonTest } from './json-test.ts';

export const DIRECTIONS = ['sent', 'received'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export const PAYLOAD_TYPES = ['text', 'binary'] as const;
export type PayloadType = (typeof PAYLOAD_TYPES)[number];

export const EVENTS = ['open', 'error', 'close'] as const;
export type EventName = (typeof EVENTS)[number];

export const MARKS = ['injected', 'replayed', 'edited', 'panel', 'discarded', 'dropped', 'starred'] as const;
export type Mark = (typeof MARKS)[number];

export const STATES = ['connecting', 'open', 'closing', 'closed'] as const;
export type StateName = (typeof STATES)[number];

/** The words that may stand before a colon. */
export const KEYS = ['dir', 'type', 'event', 'len', 'socket', 'state', 'is', 'note', 'time'] as const;
export type Key = (typeof KEYS)[number];

/**
 * A filter as plain data: it can be cloned to a worker, kept and compared. Made by `parseFilter`, run by
 * `compileFilter`.
 */
export type Expression =
  | { readonly type: 'and'; readonly terms: readonly Expression[] }
  | { readonly type: 'or'; readonly terms: readonly Expression[] }
  | { readonly type: 'not'; readonly term: Expression }
  /** Anywhere, in upper or lower case unless it has to match; that cannot be written. */
  | { readonly type: 'text'; readonly text: string; readonly matchesCase?: boolean }
  | { readonly type: 'regex'; readonly source: string; readonly flags: string }
  /** Messages with a value at a path of their JSON that passes a test. */
  | { readonly type: 'json'; readonly path: JsonPath; readonly test: JsonTest }
  | {
      readonly type: 'json-regex';
      readonly path: JsonPath;
      readonly source: string;
      readonly flags: string;
    }
  | { readonly type: 'direction'; readonly anyOf: readonly Direction[] }
  | { readonly type: 'payload'; readonly anyOf: readonly PayloadType[] }
  /** Messages that their protocol calls by one of these names, in lower case; other keys of `type-keys.ts` cannot be written. */
  | { readonly type: 'message-type'; readonly anyOf: readonly string[]; readonly matchesCase: boolean }
  | { readonly type: 'event'; readonly anyOf: readonly EventName[] }
  | { readonly type: 'mark'; readonly anyOf: readonly Mark[] }
  | { readonly type: 'socket'; readonly text: string }
  /** Rows whose note holds a text. */
  | { readonly type: 'note'; readonly text: string }
  /** Rows of sockets that now are in one of these ready states. */
  | { readonly type: 'state'; readonly anyOf: readonly StateName[] }
  /** Rows of some sockets, by their panel-wide numbers; cannot be written. */
  | { readonly type: 'socket-number'; readonly anyOf: readonly number[] }
  /** Rows of sockets that the user has not hidden; cannot be written. */
  | { readonly type: 'shown' }
  /** Rows from one moment up to another one, not included, in ms since the epoch. */
  | { readonly type: 'span'; readonly from: number; readonly to: number }
  /** Rows that, when the filter was set, were from `least` to `most` ms old, both included. */
  | { readonly type: 'age'; readonly least: number; readonly most: number }
  /** Frames of `min` to `max` bytes, both included. */
  | { readonly type: 'length'; readonly min: number; readonly max: number }
  /** Local time of day in whole ms since midnight, both ends included. */
  | { readonly type: 'time'; readonly from: number; readonly to: number };

/** `x` → `not x`, and `not x` → `x`, so that negations never pile up. */
export function negate(expression: Expression): Expression {
  return expression.type === 'not' ? expression.term : { type: 'not', term: expression };
}

/** One expression that asks for all of them; a conjunction of one is that one. */
export function allOf(terms: readonly Expression[]): Expression {
  const [only, ...others] = terms;
  return only !== undefined && others.length === 0 ? only : { type: 'and', terms };
}

/** One expression that asks for any of them; a disjunction of one is that one. */
export function anyOf(terms: readonly Expression[]): Expression {
  const [only, ...others] = terms;
  return only !== undefined && others.length === 0 ? only : { type: 'or', terms };
}
