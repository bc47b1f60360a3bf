import type { BlockPairs } from '../../blocks/block-pairs.ts';
import { ExactFinder, type Finder } from './exact-finder.ts';
import { mayHold, spellingsIn } from './spellings.ts';

/** A text to look for. */
export interface Needle extends Finder {
  /** Length in UTF-16 units, also of every match. */
  readonly length: number;
  /** ASCII alone can be found in any reading of a binary payload that leaves ASCII bytes as they are. */
  readonly asciiOnly: boolean;
  /** A faster equivalent for a block with these pairs of characters; {@link NOWHERE} if the block cannot contain the text. */
  finderIn(pairs: BlockPairs): Finder;
}

/** Finds nothing. */
export const NOWHERE: Finder = { find: () => -1 };

const SYNTAX = /[\\^$.*+?()[\]{}|/]/g;
const BEYOND_ASCII = /[^\0-\x7f]/;

/**
 * Substring search that does not tell upper from lower case.
 *
 * Over 110 MB of text in large blocks (Node 20), a regular expression with the `i` flag takes 13–29 ms and a plain `indexOf`,
 * which serves needles without letters and blocks that can hold but one spelling, 4–16 ms; `includes` on each of 1,000,000
 * strings takes 14–29 ms, with `toLowerCase` before it 46–77 ms.
 */
export function substringNeedle(text: string): Needle {
  const asciiOnly = !BEYOND_ASCII.test(text);
  const finder = finderOf(text, asciiOnly);
  return {
    length: text.length,
    asciiOnly,
    find: (whole, from) => finder.find(whole, from),
    finderIn: (pairs) => {
      const spellings = asciiOnly ? spellingsIn(pairs, text) : undefined;
      if (!spellings || spellings.length > 1) return finder;
      const [only] = spellings;
      return only === undefined ? NOWHERE : new ExactFinder(only);
    },
  };
}

function finderOf(text: string, asciiOnly: boolean): Finder {
  if (text.toLowerCase() === text.toUpperCase()) return new ExactFinder(text);
  // Only with `u` are letters beyond the first plane folded. It would not find half a surrogate pair, which is no letter,
  // and it makes k match the Kelvin sign, so plain needles go without.
  const flags = asciiOnly || !text.isWellFormed() ? 'gi' : 'giu';
  const regex = new RegExp(text.replace(SYNTAX, '\\$&'), flags);
  return { find: (whole, from) => findWith(regex, text.length, whole, from) };
}

function findWith(regex: RegExp, length: number, text: string, from: number): number {
  regex.lastIndex = from;
  if (!regex.test(text)) return -1;
  const start = regex.lastIndex - length;
  // Between the halves of a pair, an engine begins before the first one.
  return start >= from ? start : findWith(regex, length, text, from + 1);
}

/** Searches for a text as it is written. */
export function exactNeedle(text: string): Needle {
  const finder = new ExactFinder(text);
  const asciiOnly = !BEYOND_ASCII.test(text);
  return {
    length: text.length,
    asciiOnly,
    find: (whole, from) => finder.find(whole, from),
    finderIn: (pairs) => (asciiOnly && !mayHold(pairs, text) ? NOWHERE : finder),
  };
}

/** The `test` of the user's own regular expression. Only for threads that can be terminated: it may never return. */
export function regexTest(source: string, flags: string): (text: string) => boolean {
  const regex = new RegExp(source, flags);
  return (text) => {
    try {
      return regex.test(text);
    } catch {
      return false; // Engines give up where a pattern needs too much stack on a long text: that text does not match.
    }
  };
}
