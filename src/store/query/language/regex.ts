import { ProblemFound } from './problems.ts';
import { regexEnd } from './scan.ts';

/** JavaScript's flags that change what matches; `g` and `y` would give a filter state. */
const FLAGS = 'imsu';

/** A `/source/flags` within the filter; `end` is the offset after it. */
export interface RegexTerm {
  readonly source: string;
  readonly flags: string;
  readonly end: number;
}

/** Reads the regular expression whose `/` stands at `start`; throws {@link ProblemFound}. */
export function parseRegex(text: string, start: number, isOver: (at: number) => boolean): RegexTerm {
  const close = regexEnd(text, start);
  if (close === -1) throw new ProblemFound({ code: 'unterminatedRegex' }, start, text.length);
  let end = close + 1;
  while (!isOver(end)) end++;
  const source = text.slice(start + 1, close);
  const flags = text.slice(close + 1, end);
  if (!areFlags(flags)) {
    throw new ProblemFound({ code: 'badRegexFlags', flags, known: FLAGS }, close + 1, end);
  }
  const reason = regexFault(source, flags);
  if (reason !== undefined) throw new ProblemFound({ code: 'badRegex', reason }, start, end);
  return { source, flags, end };
}

function areFlags(flags: string): boolean {
  return /^[imsu]*$/.test(flags) && new Set(flags).size === flags.length;
}

/** The engine's message about what is wrong, without the pattern that it repeats; undefined if the pattern is valid. */
export function regexFault(source: string, flags: string): string | undefined {
  try {
    const regex = new RegExp(source, flags);
    // Engines compile at first use, for one-byte and two-byte strings apart, and only then see that a pattern is too large.
    regex.test('');
    regex.test('\u0100');
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const prefix = `Invalid regular expression: /${source}/`;
    return message.startsWith(prefix) ? message.slice(prefix.length).replace(/^[a-z]*: /, '') : message;
  }
}
