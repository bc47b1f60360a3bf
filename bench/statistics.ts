export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** One line of the report. */
export interface Figure {
  readonly name: string;
  /** What was measured, in words with units. */
  readonly value: string;
  /** What the value is to reach; undefined where there is no goal. */
  readonly goal: string | undefined;
  readonly isMet: boolean;
}
