import type { BlockPairs } from '../../blocks/block-pairs.ts';

/** More ways than this of writing a text are not told apart. */
const MOST = 16;
/** Units of the longest text whose spellings are looked for. */
const LONGEST = 256;

/**
 * The ways of writing an ASCII text, in upper and lower case, that a block may hold; undefined where there are many. Neighbours are
 * mostly of one case, so there is seldom more than one.
 */
export function spellingsIn(pairs: BlockPairs, text: string): readonly string[] | undefined {
  if (text.length > LONGEST) return undefined;
  let spellings: readonly string[] = [''];
  for (const unit of text) {
    spellings = spellings.flatMap((head) => casesOf(unit).flatMap((next) => joined(pairs, head, next)));
    if (spellings.length > MOST) return undefined;
  }
  return spellings;
}

function joined(pairs: BlockPairs, head: string, next: string): string[] {
  const last = head.length - 1;
  return last < 0 || pairs.has(head.charCodeAt(last), next.charCodeAt(0)) ? [head + next] : [];
}

function casesOf(unit: string): string[] {
  const [lower, upper] = [unit.toLowerCase(), unit.toUpperCase()];
  return lower === upper ? [unit] : [lower, upper];
}

/** Whether a block may hold an ASCII text as it stands. */
export function mayHold(pairs: BlockPairs, text: string): boolean {
  for (let at = 1; at < text.length; at++) {
    if (!pairs.has(text.charCodeAt(at - 1), text.charCodeAt(at))) return false;
  }
  return true;
}
