import type { ReadyState } from '../../../protocol/sockets.ts';
import { FORGETFUL_TYPES, type RowTypes } from '../../counts/row-types.ts';

/** What filters need to know about rows beyond what is in the store. It may change while the rows do not. */
export interface RowFacts {
  /** ms since the epoch: when the filter was set. */
  readonly now: number;
  /** A socket by its panel-wide number; undefined if it has been forgotten. */
  stateOf(socket: number): ReadyState | undefined;
  /** Whether the user has hidden a socket, by its panel-wide number. */
  isHidden(socket: number): boolean;
  readonly types: RowTypes;
}

export function noFacts(): RowFacts {
  return { now: Date.now(), stateOf: () => undefined, isHidden: () => false, types: FORGETFUL_TYPES };
}
