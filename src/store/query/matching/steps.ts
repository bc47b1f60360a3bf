import type { Stretch } from '../../rows/stretch.ts';
import { Answer } from './answer.ts';
import { Picks } from './picks.ts';
import type { FrameSource } from './source.ts';

/** Whether a row passes. */
export type RowTest = (source: FrameSource, row: number) => Answer;

export type Skip = (source: FrameSource, row: number) => number;

/** False if no row of a stretch can pass. */
export type StretchTest = (stretch: Stretch) => boolean;

/**
 * Adds the rows from one up to another that pass to a list.
 * @returns the next row: `to`, or an earlier one if the time was up or rows have to be tested one by one
 */
export type Collect = (source: FrameSource, from: number, to: number, picked: Picks) => number;

/** A test and its relative cost; costs only determine the order of tests. */
export interface Step {
  readonly cost: number;
  readonly test: RowTest;
  readonly mayPass: StretchTest;
  readonly skip?: Skip | undefined;
  /** Does the same as {@link test} for many rows at once. */
  readonly collect?: Collect | undefined;
}

/** Relative costs of tests. */
export const COST = { column: 1, url: 10, text: 100, json: 150, regex: 200 } as const;

/** A row passes if it passes all steps. */
export function conjunction(steps: readonly Step[]): Step {
  const skips = steps.flatMap(({ skip }) => skip ?? []);
  return {
    ...joined(steps, both),
    mayPass: (stretch) => steps.every((step) => step.mayPass(stretch)),
    collect: collectBoth(steps),
    skip:
      skips.length === 0
        ? undefined
        : (source, row) => skips.reduce((next, skip) => Math.max(next, skip(source, row)), row + 1),
  };
}

/** If one step can collect rows and the others are cheap, these only test the rows that it has collected. */
function collectBoth(steps: readonly Step[]): Collect | undefined {
  const collector = steps.find(({ collect }) => collect !== undefined);
  const { collect } = collector ?? {};
  const others = steps.filter((step) => step !== collector);
  if (others.length === 0) return collect;
  if (!collect || others.some(({ cost }) => cost > COST.text)) return undefined;
  const { test } = joined(others, both);
  return (source, from, to, picked) => {
    const found = new Picks();
    const end = collect(source, from, to, found);
    for (const row of found.rows) {
      const answer = test(source, row);
      if (answer === Answer.later) return row;
      if (answer === Answer.yes) picked.push(row);
    }
    return end;
  };
}

/** A row passes if it passes any of the steps. */
export function disjunction(steps: readonly Step[]): Step {
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

/** The cheapest first, equal ones as written. Combined in pairs, so that there is no loop per row. */
function joined(steps: readonly Step[], join: (first: RowTest, second: RowTest) => RowTest) {
  const tests = [...steps].sort((a, b) => a.cost - b.cost).map(({ test }) => test);
  return { cost: steps.reduce((sum, { cost }) => sum + cost, 0), test: balanced(tests, join) };
}

export function nextRow(_source: FrameSource, row: number): number {
  return row + 1;
}

export function anywhere(): boolean {
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
