import { FrameFlag, FrameKind } from '../../protocol/frames.ts';
import type { Direction, EventName, Expression, Mark, PayloadType } from './expression.ts';
import { RowText } from './row-text.ts';
import type { FrameSource } from './source.ts';
import { type Needle, regexNeedle, substringNeedle } from './text-test.ts';
import { localTimeOfDay } from './time-of-day.ts';

/** Whether a row passes. */
export type RowTest = (source: FrameSource, row: number) => boolean;

/** A test and what it costs beside others; the numbers only put tests in order. */
interface Step {
  readonly cost: number;
  readonly test: RowTest;
}

const COST = { column: 1, url: 10, text: 100, regex: 200 } as const;

/**
 * Makes one function of an expression. Tests of kind, flags, size and time run before tests of text whatever the order
 * written: tests have no side effects, so `and` and `or` give the same answer in any order.
 */
export function compileFilter(expression: Expression): RowTest {
  const texts = new RowText();
  const { test } = compile(expression, texts);
  return (source, row) => {
    try {
      return test(source, row);
    } finally {
      texts.forget();
    }
  };
}

function compile(expression: Expression, texts: RowText): Step {
  switch (expression.type) {
    case 'and':
      return joined(expression.terms, texts, both);
    case 'or':
      return joined(expression.terms, texts, either);
    case 'not': {
      const { cost, test } = compile(expression.term, texts);
      return { cost, test: (source, row) => !test(source, row) };
    }
    case 'text':
      return contentStep(COST.text, substringNeedle(expression.text), texts);
    case 'regex':
      return contentStep(COST.regex, regexNeedle(expression.source, expression.flags), texts);
    case 'direction':
      return kindStep(expression.anyOf.flatMap((direction) => DIRECTION_KINDS[direction]));
    case 'payload':
      return kindStep(expression.anyOf.flatMap((type) => PAYLOAD_KINDS[type]));
    case 'event':
      return kindStep(expression.anyOf.map((event) => EVENT_KIND[event]));
    case 'mark':
      return markStep(expression.anyOf);
    case 'socket':
      return socketStep(expression.text);
    case 'length':
      return lengthStep(expression.min, expression.max);
    case 'time':
      return timeStep(expression.from, expression.to);
  }
}

/** The cheapest first; among equals as written. Two at a time, so that no row pays for a loop. */
function joined(
  terms: readonly Expression[],
  texts: RowText,
  join: (first: RowTest, second: RowTest) => RowTest,
): Step {
  const steps = terms.map((term) => compile(term, texts)).sort((a, b) => a.cost - b.cost);
  return {
    cost: steps.reduce((sum, { cost }) => sum + cost, 0),
    test: balanced(
      steps.map(({ test }) => test),
      join,
    ),
  };
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
  return (source, row) => first(source, row) && second(source, row);
}

function either(first: RowTest, second: RowTest): RowTest {
  return (source, row) => first(source, row) || second(source, row);
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
  return { cost: COST.column, test: (source, row) => ((mask >> source.kind(row)) & 1) === 1 };
}

function markStep(marks: readonly Mark[]): Step {
  const mask = marks.reduce<number>((bits, mark) => bits | MARK_FLAG[mark], 0);
  const flagged: RowTest = (source, row) => (source.flags(row) & mask) !== 0;
  if (!marks.includes('dropped')) return { cost: COST.column, test: flagged };
  const gap = kindStep([FrameKind.gap]);
  return { cost: gap.cost, test: either(gap.test, flagged) };
}

/** Only frames have a length: an `open` is not a frame of no bytes. */
function lengthStep(min: number, max: number): Step {
  return {
    cost: COST.column,
    test: (source, row) => {
      if (source.kind(row) >= FrameKind.open) return false;
      const size = source.size(row);
      return size >= min && size <= max;
    },
  };
}

function timeStep(from: number, to: number): Step {
  const timeOfDay = localTimeOfDay();
  return {
    cost: COST.column,
    test: (source, row) => {
      const time = timeOfDay(source.time(row));
      return time >= from && time <= to;
    },
  };
}

function socketStep(text: string): Step {
  const { test } = substringNeedle(text);
  return { cost: COST.url, test: (source, row) => test(source.url(row)) };
}

/** A binary payload has two readings, and a row passes if either has it. */
function contentStep(cost: number, { test, asciiOnly }: Needle, texts: RowText): Step {
  const inText: RowTest = (source, row) => {
    const text = texts.text(source, row);
    return text !== undefined && test(text);
  };
  if (asciiOnly) return { cost, test: inText };
  const inLatin1: RowTest = (source, row) => {
    const text = texts.latin1(source, row);
    return text !== undefined && test(text);
  };
  return { cost, test: either(inText, inLatin1) };
}
