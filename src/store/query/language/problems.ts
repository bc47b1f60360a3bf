import type { Key } from './expression.ts';

/** Why a filter was refused, with what a sentence about it needs. */
export type ProblemCause =
  | { readonly code: 'tooLong'; readonly limit: number }
  | { readonly code: 'tooManyTerms'; readonly limit: number }
  | { readonly code: 'tooDeep'; readonly limit: number }
  | { readonly code: 'unterminatedQuote' }
  | { readonly code: 'emptyText' }
  | { readonly code: 'unterminatedRegex' }
  | { readonly code: 'badRegex'; readonly reason: string }
  | { readonly code: 'badRegexFlags'; readonly flags: string; readonly known: string }
  | {
      readonly code: 'unknownKey';
      readonly key: string;
      readonly suggestion: Key;
      readonly known: readonly Key[];
    }
  | { readonly code: 'missingValue'; readonly key: Key }
  | {
      readonly code: 'badValue';
      readonly key: Key;
      readonly value: string;
      readonly known: readonly string[];
    }
  | { readonly code: 'badLength'; readonly value: string }
  | { readonly code: 'badTime'; readonly value: string }
  | { readonly code: 'emptyRange'; readonly value: string }
  | { readonly code: 'badPath' }
  /** A comparison (as typed) with nothing behind it. */
  | { readonly code: 'missingComparand'; readonly operator: string }
  | { readonly code: 'badComparand'; readonly value: string }
  | { readonly code: 'notOrdered'; readonly value: string; readonly operator: string }
  | { readonly code: 'missingRegex' }
  /** An operator (`and`, `or`, `not`, `-`, as typed) without a term on one of its sides. */
  | { readonly code: 'missingTerm'; readonly operator: string }
  | { readonly code: 'emptyGroup' }
  | { readonly code: 'unclosedGroup' }
  | { readonly code: 'unmatchedClose' };

/** A cause and the part of the text it lies in: UTF-16 offsets, `end` after the last unit. Never empty. */
export type FilterProblem = ProblemCause & { readonly start: number; readonly end: number };

/** Carries a problem out of the parser's depths; never leaves `parseFilter`. */
export class ProblemFound extends Error {
  override readonly name = 'ProblemFound';
  readonly problem: FilterProblem;

  constructor(cause: ProblemCause, start: number, end: number) {
    super(cause.code);
    this.problem = { ...cause, start, end };
  }
}

/** A key of `public/_locales` and what to put in its `$1`, `$2`, … */
export interface ProblemMessage {
  readonly key: string;
  readonly substitutions: string[];
}

/** What to say about a problem, for `i18n.getMessage`. */
export function problemMessage(problem: ProblemCause): ProblemMessage {
  const { code } = problem;
  const key = `filterProblem${code.charAt(0).toUpperCase()}${code.slice(1)}`;
  return { key, substitutions: substitutionsOf(problem) };
}

function substitutionsOf(problem: ProblemCause): string[] {
  switch (problem.code) {
    case 'tooLong':
    case 'tooManyTerms':
    case 'tooDeep':
      return [String(problem.limit)];
    case 'badRegex':
      return [problem.reason];
    case 'badRegexFlags':
      return [problem.flags, listed(Array.from(problem.known))];
    case 'unknownKey':
      return [problem.key, problem.suggestion, listed(problem.known)];
    case 'missingValue':
      return [problem.key];
    case 'badValue':
      return [problem.key, problem.value, listed(problem.known)];
    case 'badLength':
    case 'badTime':
    case 'emptyRange':
    case 'badComparand':
      return [problem.value];
    case 'notOrdered':
      return [problem.value, problem.operator];
    case 'missingComparand':
    case 'missingTerm':
      return [problem.operator];
    case 'unterminatedQuote':
    case 'emptyText':
    case 'unterminatedRegex':
    case 'emptyGroup':
    case 'unclosedGroup':
    case 'unmatchedClose':
    case 'badPath':
    case 'missingRegex':
      return [];
  }
}

function listed(words: readonly string[]): string {
  return words.join(', ');
}
