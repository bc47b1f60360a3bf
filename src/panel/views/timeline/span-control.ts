import type { TimeSpan } from '../../model/filter/filter-terms.ts';
import { type Overview, placeOfTime, spanBetween } from '../../model/timeline/overview.ts';

/** The share of the whole that one press of an arrow key moves by, and that the first one selects. */
const STEP = 1 / 20;

/** What a key does to the span. `span: undefined` shows everything. */
export interface SpanChange {
  readonly span: TimeSpan | undefined;
}

/** @returns undefined for keys that have nothing to say here */
export function spanByKey(
  overview: Overview,
  span: TimeSpan | undefined,
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
): SpanChange | undefined {
  if (key === 'Escape') return span && { span: undefined };
  const count = overview.columns.length;
  const direction = key === 'ArrowRight' || key === 'End' ? 1 : -1;
  if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key) || count === 0) return undefined;
  const isFar = key === 'Home' || key === 'End';
  const step = Math.max(1, Math.round(count * STEP));
  const [from, to] = span ? columnsOf(overview, span) : startOf(direction, step, count);
  if (!span) return { span: spanBetween(overview, from, to) };
  const width = to - from;
  const by = isFar ? count : step;
  if (shiftKey) {
    // The right end moves, and never to the left of the left one.
    const end = Math.min(count - 1, Math.max(from, to + direction * by));
    return { span: spanBetween(overview, from, end) };
  }
  const start = Math.min(count - 1 - width, Math.max(0, from + direction * by));
  return { span: spanBetween(overview, start, start + width) };
}

/** The first and the last column of a span. */
function columnsOf(overview: Overview, { from, to }: TimeSpan): [number, number] {
  const last = overview.columns.length - 1;
  const first = Math.min(last, Math.floor(placeOfTime(overview, from)));
  return [first, Math.min(last, Math.max(first, Math.ceil(placeOfTime(overview, to)) - 1))];
}

/** The first step from the end that the key points away from. */
function startOf(direction: 1 | -1, step: number, count: number): [number, number] {
  return direction === 1 ? [0, step - 1] : [count - step, count - 1];
}
