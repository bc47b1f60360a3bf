import type { JsonPath } from '../../../decoders/json/path.ts';
import { FrameKind } from '../../../protocol/frames.ts';
import type { Expression } from '../language/expression.ts';
import type { JsonTest } from '../language/json-test.ts';
import { exactNeedle, type Needle, substringNeedle } from '../language/text-test.ts';
import { Answer, opposite } from './answer.ts';
import {
  ageStep,
  DIRECTION_KINDS,
  EVENT_KIND,
  kindStep,
  lengthStep,
  MESSAGE_KINDS,
  markStep,
  PAYLOAD_KINDS,
  shownStep,
  socketNumberStep,
  socketStep,
  spanStep,
  timeStep,
} from './column-steps.ts';
import { noFacts, type RowFacts } from './facts.ts';
import { JsonRowTest, literalsOf } from './json-step.ts';
import { LiteralSearch } from './literal-search.ts';
import { messageTypeStep } from './message-type-step.ts';
import { Pace } from './pace.ts';
import { type Pattern, Patterns } from './patterns.ts';
import { noteStep } from './remark-steps.ts';
import { StateTest } from './state-step.ts';
import {
  anywhere,
  COST,
  type Collect,
  conjunction,
  disjunction,
  nextRow,
  type RowTest,
  type Skip,
  type Step,
  type StretchTest,
} from './steps.ts';

/** An expression, compiled into tests of rows. */
export interface CompiledFilter {
  readonly test: RowTest;
  /** Those that {@link test} cannot answer by itself: it says `later` until it has been told. */
  readonly patterns: readonly Pattern[];
  /** The first row after one that has failed that may have another answer. */
  readonly skip: Skip;
  /** True once anything outside the store that answers depended on has changed: the filter must be compiled and run again. */
  readonly isStale: boolean;
  /** Whether the content or size of payloads matters. */
  readonly readsContent: boolean;
  /** Does the same as {@link test} for many rows at once, where that is possible. */
  readonly collect: Collect | undefined;
  /** False if no row of a stretch can pass. */
  readonly mayPass: StretchTest;
  /**
   * Stores the results of the regular expressions for some rows, replacing earlier results.
   * @param found 1 for a match; for each row one for each of {@link patterns}
   */
  learn(rows: readonly number[], found: Uint8Array): void;
  /** Releases searched texts. To be called when a search pauses, because they keep whole blocks alive. */
  forget(): void;
}

/**
 * Makes one function of an expression. Tests of kind, flags, size and time run before tests of text whatever the order
 * written: tests have no side effects, so `and` and `or` give the same answer in any order.
 * @param pace of the search that uses it
 */
export function compileFilter(expression: Expression, pace = new Pace(), facts = noFacts()): CompiledFilter {
  const compiler = new Compiler(pace, facts);
  const { test, mayPass, collect, skip = nextRow } = compiler.compile(expression);
  const { literals, patterns, states } = compiler;
  return {
    test,
    mayPass,
    collect,
    skip,
    patterns: patterns.all,
    get isStale() {
      return states.isStale;
    },
    readsContent:
      compiler.readsLength || compiler.readsPayloads || literals.length > 0 || patterns.all.length > 0,
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
  /** Payloads are read by tests other than searches for literals and regular expressions. */
  readsPayloads = false;
  readonly states: StateTest;

  constructor(
    private readonly pace: Pace,
    private readonly facts: RowFacts,
  ) {
    this.states = new StateTest(facts);
  }

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
        return this.literal(
          expression.matchesCase ? exactNeedle(expression.text) : substringNeedle(expression.text),
        );
      case 'regex': {
        const { source: pattern, flags } = expression;
        return { cost: COST.regex, test: this.patterns.add({ source: pattern, flags }), mayPass: anywhere };
      }
      case 'json':
        return this.json(expression.path, expression.test);
      case 'json-regex':
        return this.jsonRegex(expression);
      case 'direction':
        return kindStep(expression.anyOf.flatMap((direction) => DIRECTION_KINDS[direction]));
      case 'payload':
        return kindStep(expression.anyOf.flatMap((type) => PAYLOAD_KINDS[type]));
      case 'message-type':
        this.readsPayloads = true;
        return messageTypeStep(expression, this.pace, this.facts.types);
      case 'event':
        return kindStep(expression.anyOf.map((event) => EVENT_KIND[event]));
      case 'mark':
        return markStep(expression.anyOf);
      case 'socket':
        return socketStep(expression.text);
      case 'note':
        return noteStep(expression.text);
      case 'state':
        return this.states.step(expression.anyOf);
      case 'socket-number':
        return socketNumberStep(expression.anyOf);
      case 'shown':
        return shownStep((socket) => this.facts.isHidden(socket));
      case 'span':
        return spanStep(expression.from, expression.to);
      case 'age':
        return ageStep(expression.least, expression.most, this.facts.now);
      case 'length':
        this.readsLength = true;
        return lengthStep(expression.min, expression.max);
      case 'time':
        return timeStep(expression.from, expression.to);
    }
  }

  private json(path: JsonPath, test: JsonTest): Step {
    const rows = new JsonRowTest(path, test, this.pace);
    this.readsPayloads = true;
    const step: Step = { cost: COST.json, test: (source, row) => rows.test(source, row), mayPass: anywhere };
    return this.withLiterals(literalsOf(path, test), step);
  }

  private jsonRegex({ path, source, flags }: Extract<Expression, { type: 'json-regex' }>): Step {
    const test = this.patterns.add({ source, flags, path });
    return this.withLiterals(literalsOf(path, undefined), { cost: COST.regex, test, mayPass: anywhere });
  }

  /** Rules out rows that lack a text required by the test; whole blocks are searched for these texts at once. */
  private withLiterals(texts: readonly string[], step: Step): Step {
    const literals = texts.map((text) => bytesPass(this.literal(exactNeedle(text))));
    return conjunction([kindStep(MESSAGE_KINDS), ...literals, step]);
  }

  private literal(needle: Needle): Step {
    const search = new LiteralSearch(needle, this.pace);
    this.literals.push(search);
    return {
      cost: COST.text,
      test: (source, row) => search.test(source, row),
      mayPass: anywhere,
      skip: (source, row) => search.skip(source, row),
      collect: (source, from, to, picked) => search.collect(source, from, to, picked),
    };
  }
}

/** Binary messages may write JSON in other ways, so no text is required in them. */
function bytesPass({ cost, test, mayPass, skip }: Step): Step {
  return {
    cost,
    mayPass,
    skip,
    test: (source, row) => {
      const kind = source.kind(row);
      const isBytes = kind === FrameKind.sentBinary || kind === FrameKind.receivedBinary;
      return isBytes ? Answer.yes : test(source, row);
    },
  };
}
