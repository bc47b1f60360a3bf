/** How well a text fits what was typed, and which of its UTF-16 units were. */
export interface FuzzyMatch {
  readonly score: number;
  readonly marks: readonly number[];
}

/** Points of a letter, and more where it begins a word or follows the one before it. */
const POINTS = { letter: 1, word: 8, run: 9, first: 4 };
const NEVER = Number.NEGATIVE_INFINITY;

/**
 * Looks for the letters of a query in a text, in their order, whatever stands between them; spaces and case do not count.
 * @returns the best way to find them; undefined if they are not all there
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | undefined {
  const wanted = query.toLowerCase().replaceAll(/\s+/g, '');
  const letters = text.toLowerCase();
  // Some letters change their number of units with their case: then the places would not be those of the text.
  if (letters.length !== text.length) return wanted === '' ? { score: 0, marks: [] } : undefined;
  if (wanted === '') return { score: 0, marks: [] };
  const steps: Step[] = [];
  for (const letter of wanted) steps.push(nextStep(letter, letters, text, steps.at(-1)));
  return bestOf(steps);
}

/** Of the letters wanted so far, at each place of the text where the last of them may stand: */
interface Step {
  readonly scores: readonly number[];
  /** where the letter before it stands */
  readonly origins: readonly number[];
}

function nextStep(letter: string, letters: string, text: string, before: Step | undefined): Step {
  const scores: number[] = [];
  const origins: number[] = [];
  let best = before ? NEVER : 0;
  let bestPlace = -1;
  for (let place = 0; place < letters.length; place++) {
    const run = (before?.scores[place - 1] ?? NEVER) + POINTS.run;
    const [score, origin] = run >= best ? [run, place - 1] : [best, bestPlace];
    const isThere = letters[place] === letter;
    scores.push(isThere ? score + POINTS.letter + bonusOf(text, place) : NEVER);
    origins.push(origin);
    const here = before?.scores[place] ?? NEVER;
    if (here > best) [best, bestPlace] = [here, place];
  }
  return { scores, origins };
}

function bestOf(steps: readonly Step[]): FuzzyMatch | undefined {
  const last = steps.at(-1)?.scores ?? [];
  const score = Math.max(...last, NEVER);
  if (score === NEVER) return undefined;
  const marks: number[] = [];
  let place = last.indexOf(score);
  for (const { origins } of steps.toReversed()) {
    marks.unshift(place);
    place = origins[place] ?? -1;
  }
  return { score, marks };
}

function bonusOf(text: string, place: number): number {
  if (place === 0) return POINTS.word + POINTS.first;
  const beginsWord = /[^\p{L}\p{N}]/u.test(text[place - 1] ?? '') && /[\p{L}\p{N}]/u.test(text[place] ?? '');
  return beginsWord ? POINTS.word : 0;
}
