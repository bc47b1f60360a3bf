import type { ReadyState } from '../../../protocol/sockets.ts';
import { FORGETFUL_TYPES, type RowTypes } from '../../counts/row-types.ts';

/** What filters ask of rows beside what the store holds of them. It may change while they stay. */
export interface RowFacts {
  /** ms since the epoch: when the filter was set. */
  readonly now: number;
  /** By a socket's panel-wide number; undefined for one that is forgotten. */
  stateOf(socket: number): ReadyState | undefined;
  /** By a socket's panel-wide number: the user does not want to see it. */
  isHidden(socket: number): boolean;
  readonly types: RowTypes;
}

export function noFacts(): RowFacts {
  return { now: Date.now(), stateOf: () => undefined, isHidden: () => false, types: FORGETFUL_TYPES };
}
