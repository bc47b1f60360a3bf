export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The median, and between what it lies as far as so many values tell: 95 of 100 such spans hold the true one. */
export interface Estimate {
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

/** Based only on the ranks of the values (binomial), so that a few outliers do no harm. */
export function estimate(values: readonly number[]): Estimate {
  const sorted = [...values].sort((a, b) => a - b);
  const half = 0.98 * Math.sqrt(sorted.length);
  const rank = (place: number) =>
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(place)))] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return { median: median(values), low: rank(middle - half), high: rank(middle + half) };
}

/** `+1.50`, `−0.20` */
export const signed = (value: number, digits: number) =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;

export const between = ({ low, high }: Estimate, digits: number) =>
  `${low.toFixed(digits)} to ${high.toFixed(digits)}`;

export function greatest(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

/** Exponent by which a cost grows with the work: 1 is linear, 0 constant. The line of least squares through the logarithms. */
export function slope(points: readonly (readonly [work: number, cost: number])[]): number {
  const logs = points.map(([work, cost]) => [Math.log(work), Math.log(cost)] as const);
  const mean = (index: 0 | 1) => logs.reduce((sum, log) => sum + log[index], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, log) => sum + (log[0] - x) * (log[1] - y), 0);
  return covariance / logs.reduce((sum, log) => sum + (log[0] - x) ** 2, 0);
}

/** One line of the report. */
export interface Figure {
  readonly name: string;
  /** What was measured, in words with units. */
  readonly value: string;
  /** The figure that the goal is about. */
  readonly measured?: number;
  /** The goal for the value; undefined if there is none. */
  readonly goal: string | undefined;
  readonly isMet: boolean;
}

/** A figure that is to be at most so much. */
export function atMost(
  name: string,
  measured: number,
  limit: number,
  unit: string,
  { digits = 0, beside = '' }: { readonly digits?: number; readonly beside?: string } = {},
): Figure {
  const detail = beside && ` (${beside})`;
  return {
    name,
    value: `${measured.toFixed(digits)} ${unit}${detail}`,
    measured,
    goal: `≤ ${limit} ${unit}`,
    isMet: measured <= limit,
  };
}

/** A figure without a goal. */
export function plain(name: string, value: string): Figure {
  return { name, value, goal: undefined, isMet: true };
}
