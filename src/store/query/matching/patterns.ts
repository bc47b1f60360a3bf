import type { JsonPath } from '../../../decoders/json/path.ts';
import { FrameKind } from '../../../protocol/frames.ts';
import { Answer, answerOf } from './answer.ts';
import type { FrameSource } from './source.ts';

/** A regular expression as it was written. */
export interface Pattern {
  readonly source: string;
  readonly flags: string;
  /** If given, the expression is run over the values at this path of the JSON rather than over the whole. */
  readonly path?: JsonPath;
}

/**
 * The regular expressions of a filter. None runs here, because an engine that has begun cannot be interrupted: they are run where they
 * can be, and this class keeps the results for some rows.
 */
export class Patterns {
  readonly all: Pattern[] = [];
  private readonly places = new Map<number, number>();
  private found: Uint8Array = new Uint8Array();

  /** @returns what is known about a row */
  add(pattern: Pattern): (source: FrameSource, row: number) => Answer {
    const name = nameOf(pattern);
    const known = this.all.findIndex((other) => nameOf(other) === name);
    const index = known === -1 ? this.all.push(pattern) - 1 : known;
    return (source, row) => {
      const place = this.places.get(row);
      if (place !== undefined) return answerOf(this.found[place + index] === 1);
      return hasText(source, row) ? Answer.later : Answer.no;
    };
  }

  learn(rows: readonly number[], found: Uint8Array): void {
    this.places.clear();
    this.found = found;
    for (const [at, row] of rows.entries()) this.places.set(row, at * this.all.length);
  }
}

function nameOf({ source, flags, path }: Pattern): string {
  return JSON.stringify([source, flags, path]);
}

/** False for missing payloads: too large, unreadable, dropped, or still to come. */
export function hasText(source: FrameSource, row: number): boolean {
  if (source.kind(row) >= FrameKind.open) return true;
  const number = source.blockNumber(row);
  if (number === 0) return source.payload(row) !== undefined;
  return source.block(number) !== undefined || source.isAway(number);
}
