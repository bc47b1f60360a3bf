/** Whole ms since local midnight, both ends included; none lies in a range that ends before it begins. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

const DAY = 86_400_000;
const LAST = DAY - 1;
const POINT = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?$/;

interface TimePoint {
  readonly at: number;
  /** How much of the day the point names: a minute, a second, … one ms. */
  readonly span: number;
}

/**
 * `>12:30:05`, `<=12:30`, `12:30` (that whole minute), `12:30..12:45` (up to the end of the last one); `undefined` for
 * anything else. Comparisons take the moment at which the named time begins. A time is in the answer if any of the ranges
 * holds it: `23:50..00:10` runs over midnight and is two.
 */
export function parseTime(value: string): readonly TimeRange[] | undefined {
  const dots = value.indexOf('..');
  if (dots !== -1) return rangeOf(pointOf(value.slice(0, dots)), pointOf(value.slice(dots + 2)));
  const operator = /^(?:>=|<=|>|<|=)/.exec(value)?.[0] ?? '';
  const point = pointOf(value.slice(operator.length));
  return point === undefined ? undefined : [comparedRange(operator, point)];
}

function pointOf(text: string): TimePoint | undefined {
  const match = POINT.exec(text);
  if (match === null) return undefined;
  const [, hours, minutes, seconds, fraction] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return undefined;
  const whole = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds ?? 0) * 1000;
  if (fraction !== undefined) {
    return { at: whole + Number(fraction.padEnd(3, '0')), span: 10 ** (3 - fraction.length) };
  }
  return { at: whole, span: seconds === undefined ? 60_000 : 1000 };
}

function comparedRange(operator: string, { at, span }: TimePoint): TimeRange {
  switch (operator) {
    case '>':
      return { from: at + 1, to: LAST };
    case '>=':
      return { from: at, to: LAST };
    case '<':
      return { from: 0, to: at - 1 };
    case '<=':
      return { from: 0, to: at };
    default:
      return { from: at, to: at + span - 1 };
  }
}

function rangeOf(
  first: TimePoint | undefined,
  last: TimePoint | undefined,
): readonly TimeRange[] | undefined {
  if (first === undefined || last === undefined) return undefined;
  const from = first.at;
  const to = last.at + last.span - 1;
  if (from <= to) return [{ from, to }];
  return [
    { from, to: LAST },
    { from: 0, to },
  ];
}

/** Time zones change their offset at quarter hours of UTC and nowhere between. */
const QUARTER = 900_000;

/**
 * Whole ms since local midnight, as the frame list shows the time. Asking a `Date` for every row would cost more than the
 * whole remaining filter; frames come in order, so the offset of one quarter of an hour serves thousands.
 */
export function localTimeOfDay(): (time: number) => number {
  let quarter = Number.NaN;
  let offset = 0;
  return (time) => {
    const current = Math.floor(time / QUARTER);
    if (current !== quarter) {
      quarter = current;
      offset = new Date(current * QUARTER).getTimezoneOffset() * 60_000;
    }
    const local = Math.floor(time) - offset;
    return local - Math.floor(local / DAY) * DAY;
  };
}
