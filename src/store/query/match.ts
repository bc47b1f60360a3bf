import { opposite } from './answer.ts';
import {
  DIRECTION_KINDS,
  EVENT_KIND,
  kindStep,
  lengthStep,
  markStep,
  PAYLOAD_KINDS,
  socketNumberStep,
  socketStep,
  spanStep,
  timeStep,
} from './column-steps.ts';
import type { Expression } from './expression.ts';
import { LiteralSearch } from './literal-search.ts';
import { messageTypeStep } from './message-type-step.ts';
import { Pace } from './pace.ts';
import { type Pattern, Patterns } from './patterns.ts';
import {
  anywhere,
  COST,
  conjunction,
  disjunction,
  nextRow,
  type RowTest,
  type Skip,
  type Step,
  type StretchTest,
} from './steps.ts';
import { substringNeedle } from './text-test.ts';

/** An expression, ready to be asked of rows. */
export interface CompiledFilter {
  readonly test: RowTest;
  /** Those that {@link test} cannot answer by itself: it says `later` until it has been told. */
  readonly patterns: readonly Pattern[];
  /** The first row after one that was answered `no` that may be answered in another way. */
  readonly skip: Skip;
  /** Whether it matters what is in a payload, or how large it is. */
  readonly readsContent: boolean;
  /** False if no row of a stretch can pass. */
  readonly mayPass: StretchTest;
  /**
   * Takes in what the regular expressions say of some rows, in place of what was known before.
   * @param found 1 for a match; for each row one for each of {@link patterns}
   */
  learn(rows: readonly number[], found: Uint8Array): void;
  /** Lets go of texts that were searched. To be called when a search pauses: they keep whole blocks alive. */
  forget(): void;
}

/**
 * Makes one function of an expression. Tests of kind, flags, size and time run before tests of text whatever the order
 * written: tests have no side effects, so `and` and `or` give the same answer in any order.
 * @param pace of the search that asks
 */
export function compileFilter(expression: Expression, pace = new Pace()): CompiledFilter {
  const compiler = new Compiler(pace);
  const { test, mayPass, skip = nextRow } = compiler.compile(expression);
  const { literals, patterns } = compiler;
  return {
    test,
    mayPass,
    skip,
    patterns: patterns.all,
    readsContent:
      compiler.readsLength || compiler.readsTypes || literals.length > 0 || patterns.all.length > 0,
    learn: (rows, found) => patterns.learn(rows, found),
    forget: () => {
      for (const literal of literals) literal.forget();
    },
  };
}

class Compiler {
  readonly literals: LiteralSearch[] = [];
  readonly patterns = new Patterns();
  readsLength = false;
  readsTypes = false;

  constructor(private readonly pace: Pace) {}

  compile(expression: Expression): Step {
    switch (expression.type) {
      case 'and':
        return conjunction(expression.terms.map((term) => this.compile(term)));
      case 'or':
        return disjunction(expression.terms.map((term) => this.compile(term)));
      case 'not': {
        const { cost, test } = this.compile(expression.term);
        return { cost, test: (source, row) => opposite(test(source, row)), mayPass: anywhere };
      }
      case 'text':
        return this.literal(expression.text);
      case 'regex': {
        const { source: pattern, flags } = expression;
        return { cost: COST.regex, test: this.patterns.add({ source: pattern, flags }), mayPass: anywhere };
      }
      case 'direction':
        return kindStep(expression.anyOf.flatMap((direction) => DIRECTION_KINDS[direction]));
      case 'payload':
        return kindStep(expression.anyOf.flatMap((type) => PAYLOAD_KINDS[type]));
      case 'message-type':
        this.readsTypes = true;
        return messageTypeStep(expression.anyOf, this.pace);
      case 'event':
        return kindStep(expression.anyOf.map((event) => EVENT_KIND[event]));
      case 'mark':
        return markStep(expression.anyOf);
      case 'socket':
        return socketStep(expression.text);
      case 'socket-number':
        return socketNumberStep(expression.number);
      case 'span':
        return spanStep(expression.from, expression.to);
      case 'length':
        this.readsLength = true;
        return lengthStep(expression.min, expression.max);
      case 'time':
        return timeStep(expression.from, expression.to);
    }
  }

  private literal(text: string): Step {
    const search = new LiteralSearch(substringNeedle(text), this.pace);
    this.literals.push(search);
    return {
      cost: COST.text,
      test: (source, row) => search.test(source, row),
      mayPass: anywhere,
      skip: (source, row) => search.skip(source, row),
    };
  }
}
