/** Values of a HAR that nobody has checked. Whatever has the wrong type counts as missing. */

/** A text; empty if it is none. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A time or a count, or 0. A larger number cannot be either, and would overflow when multiplied. */
export function amount(value: unknown): number {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER ? value : 0;
}

/** ms since the epoch; undefined also for the time in 1969 that Chrome writes for what has not begun. */
export function timeOf(date: unknown): number | undefined {
  const time = typeof date === 'string' ? Date.parse(date) : Number.NaN;
  return time > 0 ? time : undefined;
}
