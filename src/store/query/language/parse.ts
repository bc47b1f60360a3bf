import { allOf, anyOf, type Expression, negate } from './expression.ts';
import { type FilterProblem, ProblemFound } from './problems.ts';
import { type Token, tokenize } from './tokens.ts';

export type { FilterProblem } from './problems.ts';

/** An expression, `undefined` for the empty filter that lets everything pass, or why there is none. */
export type FilterResult =
  | { readonly ok: true; readonly expression: Expression | undefined }
  | { readonly ok: false; readonly problem: FilterProblem };

/** Longest filter in UTF-16 units: room for a pasted message, with a bound to the work of parsing. */
export const MAX_FILTER_LENGTH = 8192;
/** Brackets within brackets; parsing and matching recurse as deep. */
export const MAX_DEPTH = 64;

/**
 * Reads a filter; docs/filter.md describes the language. Never throws.
 *
 *     any     = all { "or" all }
 *     all     = operand { [ "and" ] operand }
 *     operand = { "not" | "-" } ( term | "(" any ")" )
 */
export function parseFilter(text: string): FilterResult {
  try {
    if (text.length > MAX_FILTER_LENGTH) {
      throw new ProblemFound({ code: 'tooLong', limit: MAX_FILTER_LENGTH }, MAX_FILTER_LENGTH, text.length);
    }
    const tokens = tokenize(text);
    return { ok: true, expression: tokens.length === 0 ? undefined : new Parser(text, tokens).whole() };
  } catch (error) {
    if (error instanceof ProblemFound) return { ok: false, problem: error.problem };
    throw error;
  }
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  whole(): Expression {
    const expression = this.#any();
    const left = this.#tokens[this.#next];
    // Whatever else may follow a term is part of it.
    if (left !== undefined) throw new ProblemFound({ code: 'unmatchedClose' }, left.start, left.end);
    return expression;
  }

  #any(): Expression {
    const terms = [this.#all(undefined)];
    for (let or = this.#take('or'); or !== undefined; or = this.#take('or')) terms.push(this.#all(or));
    return anyOf(terms);
  }

  #all(operator: Token | undefined): Expression {
    const terms = [this.#operand(operator)];
    for (let token = this.#peek(); token !== undefined; token = this.#peek()) {
      if (token.type === 'or' || token.type === 'close') break;
      terms.push(this.#operand(this.#take('and')));
    }
    return allOf(terms);
  }

  /** `operator` is what stands before the operand and would be left without one. */
  #operand(operator: Token | undefined): Expression {
    let negated = false;
    let last = operator;
    for (let not = this.#take('not'); not !== undefined; not = this.#take('not')) {
      negated = !negated;
      last = not;
    }
    const expression = this.#primary(last);
    return negated ? negate(expression) : expression;
  }

  #primary(operator: Token | undefined): Expression {
    const token = this.#peek();
    switch (token?.type) {
      case 'term':
        this.#next++;
        return token.expression;
      case 'open':
        this.#next++;
        return this.#group(token);
      case 'close':
        if (operator === undefined)
          throw new ProblemFound({ code: 'unmatchedClose' }, token.start, token.end);
        throw this.#missingTerm(operator);
      default:
        throw this.#missingTerm(operator ?? token);
    }
  }

  #group(open: Token): Expression {
    if (++this.#depth > MAX_DEPTH) {
      throw new ProblemFound({ code: 'tooDeep', limit: MAX_DEPTH }, open.start, open.end);
    }
    const empty = this.#take('close');
    if (empty !== undefined) throw new ProblemFound({ code: 'emptyGroup' }, open.start, empty.end);
    if (this.#peek() === undefined) throw new ProblemFound({ code: 'unclosedGroup' }, open.start, open.end);
    const expression = this.#any();
    if (this.#take('close') === undefined) {
      throw new ProblemFound({ code: 'unclosedGroup' }, open.start, open.end);
    }
    this.#depth--;
    return expression;
  }

  #missingTerm(operator: Token | undefined): ProblemFound {
    const start = operator?.start ?? 0;
    const end = operator?.end ?? this.#text.length;
    return new ProblemFound({ code: 'missingTerm', operator: this.#text.slice(start, end) }, start, end);
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #take(type: Token['type']): Token | undefined {
    const token = this.#peek();
    if (token?.type !== type) return undefined;
    this.#next++;
    return token;
  }
}
