import { messageType } from '../../decoders/message-type.ts';
import { FrameFlag, FrameKind } from '../../protocol/frames.ts';
import type { Stretch } from '../segment.ts';
import { Answer, answerOf, opposite } from './answer.ts';
import type { Direction, EventName, Expression, Mark, PayloadType } from './expression.ts';
import { LiteralSearch } from './literal-search.ts';
import { Pace } from './pace.ts';
import { type Pattern, Patterns } from './patterns.ts';
import type { FrameSource } from './source.ts';
import { substringNeedle } from './text-test.ts';
import { localTimeOfDay } from './time-of-day.ts';

/** Whether a row passes. */
export type RowTest = (source: FrameSource, row: number) => Answer;

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

type Skip = (source: FrameSource, row: number) => number;

/** False if no row of a stretch can pass. */
type StretchTest = (stretch: Stretch) => boolean;

/** A test and what it costs beside others; the numbers only put tests in order. */
interface Step {
  readonly cost: number;
  readonly test: RowTest;
  readonly mayPass: StretchTest;
  readonly skip?: Skip | undefined;
}

const COST = { column: 1, url: 10, text: 100, regex: 200 } as const;

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

/** No row passes that one of the steps leaves out. */
function conjunction(steps: readonly Step[]): Step {
  const skips = steps.flatMap(({ skip }) => skip ?? []);
  return {
    ...joined(steps, both),
    mayPass: (stretch) => steps.every((step) => step.mayPass(stretch)),
    skip:
      skips.length === 0
        ? undefined
        : (source, row) => skips.reduce((next, skip) => Math.max(next, skip(source, row)), row + 1),
  };
}

/** A row may pass unless all of the steps leave it out. */
function disjunction(steps: readonly Step[]): Step {
  const skips = steps.flatMap(({ skip }) => skip ?? []);
  return {
    ...joined(steps, either),
    mayPass: (stretch) => steps.some((step) => step.mayPass(stretch)),
    skip:
      skips.length < steps.length
        ? undefined
        : (source, row) =>
            skips.reduce((next, skip) => Math.min(next, skip(source, row)), Number.POSITIVE_INFINITY),
  };
}

/** The cheapest first; among equals as written. Two at a time, so that no row pays for a loop. */
function joined(steps: readonly Step[], join: (first: RowTest, second: RowTest) => RowTest) {
  const tests = [...steps].sort((a, b) => a.cost - b.cost).map(({ test }) => test);
  return { cost: steps.reduce((sum, { cost }) => sum + cost, 0), test: balanced(tests, join) };
}

function nextRow(_source: FrameSource, row: number): number {
  return row + 1;
}

function anywhere(): boolean {
  return true;
}

/** A tree of pairs, as deep as the logarithm of the number of tests: a chain would be as deep as there are terms. */
function balanced(tests: readonly RowTest[], join: (first: RowTest, second: RowTest) => RowTest): RowTest {
  const [only] = tests;
  if (only === undefined) throw new RangeError('a conjunction or disjunction of nothing');
  if (tests.length === 1) return only;
  const half = tests.length >> 1;
  return join(balanced(tests.slice(0, half), join), balanced(tests.slice(half), join));
}

function both(first: RowTest, second: RowTest): RowTest {
  return (source, row) => {
    const answer = first(source, row);
    if (answer === Answer.no) return Answer.no;
    const other = second(source, row);
    return answer === Answer.yes || other === Answer.no ? other : answer;
  };
}

function either(first: RowTest, second: RowTest): RowTest {
  return (source, row) => {
    const answer = first(source, row);
    if (answer === Answer.yes) return Answer.yes;
    const other = second(source, row);
    return answer === Answer.no || other === Answer.yes ? other : answer;
  };
}

const DIRECTION_KINDS: Readonly<Record<Direction, readonly FrameKind[]>> = {
  sent: [FrameKind.sentText, FrameKind.sentBinary],
  received: [FrameKind.receivedText, FrameKind.receivedBinary],
};

const PAYLOAD_KINDS: Readonly<Record<PayloadType, readonly FrameKind[]>> = {
  text: [FrameKind.sentText, FrameKind.receivedText],
  binary: [FrameKind.sentBinary, FrameKind.receivedBinary],
};

const EVENT_KIND: Readonly<Record<EventName, FrameKind>> = {
  open: FrameKind.open,
  error: FrameKind.error,
  close: FrameKind.close,
};

/** Flag of each mark; a gap is a kind of row and has none. */
const MARK_FLAG: Readonly<Record<Mark, number>> = {
  injected: FrameFlag.injected,
  replayed: FrameFlag.replayed,
  panel: FrameFlag.byPanel,
  discarded: FrameFlag.discarded,
  dropped: 0,
};

function kindStep(kinds: readonly FrameKind[]): Step {
  const mask = kinds.reduce<number>((bits, kind) => bits | (1 << kind), 0);
  return {
    cost: COST.column,
    test: (source, row) => answerOf(((mask >> source.kind(row)) & 1) === 1),
    mayPass: (stretch) => (stretch.kinds & mask) !== 0,
  };
}

/** Units of {@link Pace} that finding one message's type takes. */
const TYPE_COST = 6000;

/** The head of each text is looked at, which is cheaper than to search it. */
function messageTypeStep(names: readonly string[], pace: Pace): Step {
  const texts = kindStep(PAYLOAD_KINDS.text);
  return {
    cost: COST.text,
    test: (source, row) => {
      if (texts.test(source, row) === Answer.no) return Answer.no;
      const payload = source.payload(row);
      if (payload === undefined && source.isAway(source.blockNumber(row))) return Answer.later;
      if (typeof payload !== 'string') return Answer.no;
      pace.spend(TYPE_COST);
      const type = messageType(payload, { url: source.url(row) });
      return answerOf(type !== undefined && names.includes(type.toLowerCase()));
    },
    mayPass: texts.mayPass,
  };
}

function markStep(marks: readonly Mark[]): Step {
  const gap = kindStep([FrameKind.gap, FrameKind.unseenSent, FrameKind.unseenReceived]);
  if (marks.every((mark) => mark === 'dropped')) return gap;
  const mask = marks.reduce<number>((bits, mark) => bits | MARK_FLAG[mark], 0);
  const flagged: RowTest = (source, row) => answerOf((source.flags(row) & mask) !== 0);
  if (!marks.includes('dropped')) return { cost: COST.column, test: flagged, mayPass: anywhere };
  return { cost: gap.cost, test: either(gap.test, flagged), mayPass: anywhere };
}

/** Only frames have a length: an `open` is not a frame of no bytes. */
function lengthStep(min: number, max: number): Step {
  return {
    cost: COST.column,
    test: (source, row) => {
      if (source.kind(row) >= FrameKind.open) return Answer.no;
      const size = source.size(row);
      return answerOf(size >= min && size <= max);
    },
    mayPass: anywhere,
  };
}

function timeStep(from: number, to: number): Step {
  const timeOfDay = localTimeOfDay();
  return {
    cost: COST.column,
    test: (source, row) => {
      const time = timeOfDay(source.time(row));
      return answerOf(time >= from && time <= to);
    },
    mayPass: anywhere,
  };
}

function spanStep(from: number, to: number): Step {
  return {
    cost: COST.column,
    test: (source, row) => {
      const time = source.time(row);
      return answerOf(time >= from && time < to);
    },
    mayPass: anywhere,
  };
}

/** Neighbouring rows often are of one socket. */
function socketStep(text: string): Step {
  const needle = substringNeedle(text);
  let last: string | undefined;
  let answer: Answer = Answer.no;
  return {
    cost: COST.url,
    test: (source, row) => {
      const url = source.url(row);
      if (url === last) return answer;
      last = url;
      answer = answerOf(needle.find(url, 0) !== -1);
      return answer;
    },
    mayPass: anywhere,
  };
}

function socketNumberStep(number: number): Step {
  return {
    cost: COST.column,
    test: (source, row) => answerOf(source.socket(row) === number),
    mayPass: (stretch) => stretch.hasSocket(number),
  };
}
