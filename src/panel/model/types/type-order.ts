import type { TypeTally } from '../../../store/counts/type-index.ts';
import { HEARTBEATS } from '../../../store/counts/type-keys.ts';
import type { ShownTypes } from '../../settings/shown-types.ts';
import { isTypeShown, typeLabel } from './choosing.ts';

/** A message type in the list of all. */
export interface TypeLine {
  readonly key: string;
  readonly label: string;
  readonly messages: number;
  /** on the wire */
  readonly bytes: number;
  readonly isShown: boolean;
}

/** Puts the most frequent types first, but moves no line away while somebody is about to act on it. */
export class TypeOrder {
  private places = new Map<string, number>();
  private isHeld = false;

  /** Whether the lines are to stay where they are. */
  hold(isHeld: boolean): void {
    this.isHeld = isHeld;
  }

  /** All types that there are, the most frequent first, and those that are hidden without being there. */
  lines(tallies: readonly TypeTally[], shown: ShownTypes): TypeLine[] {
    const there = new Set(tallies.map(({ key }) => key));
    const absent = [...shown.hidden, ...shown.only].filter((key) => !there.has(key) && key !== HEARTBEATS);
    const all = [
      ...tallies,
      ...[...new Set(absent)].map((key) => ({ key, name: '', messages: 0, bytes: 0 })),
    ];
    if (this.isHeld) {
      const placeOf = (key: string) => this.places.get(key) ?? Number.POSITIVE_INFINITY;
      all.sort((a, b) => compare(placeOf(a.key), placeOf(b.key)));
    }
    this.places = new Map(all.map(({ key }, index) => [key, index]));
    return all.map(({ key, name, messages, bytes }) => ({
      key,
      label: typeLabel(key, name),
      messages,
      bytes,
      isShown: isTypeShown(shown, key),
    }));
  }
}

/** Infinity less infinity is no number. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
