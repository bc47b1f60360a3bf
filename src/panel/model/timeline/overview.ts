import type { TimeBucket } from '../../../store/counts/timeline.ts';
import type { TimeSpan } from '../filter/filter-terms.ts';

/** What happened in a time span, in frames and bytes on the wire. */
export type Activity = Omit<TimeBucket, 'start'>;

/** One column of the drawing. */
export interface OverviewColumn extends TimeSpan {
  readonly activity: Activity;
  /** Frames are missing in it, or between the last frame before it and a gap after it. */
  readonly isHole: boolean;
  /** Stands for part of a long time in which nothing happened. */
  readonly isFolded: boolean;
}

/** A timeline of what happened, as columns of equal width from the first frame to the last. */
export interface Overview {
  readonly columns: readonly OverviewColumn[];
  /** Width of a column that is not folded, in ms. */
  readonly columnWidth: number;
}

/** Most columns: more cannot be told apart on most screens. */
const MOST_COLUMNS = 512;
/** Least columns: with fewer, a few frames would look like a flood. */
const FEWEST_COLUMNS = 64;
/** Columns in place of a long time in which nothing happened. */
const FOLD_COLUMNS = 8;
/** Times shorter than this, in ms, are never folded. */
const SHORTEST_FOLD = 60_000;
/** Least ms over which a rate is computed: a single frame is not a flood, however narrow its column. */
const RATE_TIME = 1000;

const NOTHING: Activity = {
  sent: 0,
  sentBytes: 0,
  received: 0,
  receivedBytes: 0,
  opens: 0,
  errors: 0,
  closes: 0,
  missing: 0,
};

/**
 * Lays buckets out as columns. A time in which nothing happened and that is more than twice as long as all the rest is folded: a
 * file of last year beside what is recorded now, or a night, would leave nothing to be seen of either.
 * @param buckets in the order of time
 * @param width ms of a bucket
 */
export function overviewOf(buckets: readonly TimeBucket[], width: number): Overview {
  const [first] = buckets;
  const last = buckets.at(-1);
  if (!first || !last) return { columns: [], columnWidth: width };
  const { foldsFrom, total } = unfolded(buckets, width);
  let columnWidth = width;
  while (total > columnWidth * MOST_COLUMNS) columnWidth *= 2;
  const columns: OverviewColumn[] = [];
  for (const { start, activity } of merged(buckets, columnWidth)) {
    const end = columns.at(-1)?.to ?? start;
    const isFold = start - end > foldsFrom;
    const empty = isFold ? FOLD_COLUMNS : Math.round((start - end) / columnWidth);
    addEmpty(columns, end, start, empty, { isFolded: isFold, isHole: activity.missing > 0 });
    columns.push({
      from: start,
      to: start + columnWidth,
      activity,
      isHole: activity.missing > 0,
      isFolded: false,
    });
  }
  const end = columns.at(-1)?.to ?? first.start;
  const spare = Math.max(0, FEWEST_COLUMNS - columns.length);
  addEmpty(columns, end, end + spare * columnWidth, spare, { isFolded: false, isHole: false });
  return { columns, columnWidth };
}

/** The sum of what the columns hold. */
export function activityOf(columns: readonly OverviewColumn[]): Activity {
  const sum = { ...NOTHING };
  for (const { activity } of columns) add(sum, activity);
  return sum;
}

/** The highest number of messages and bytes per second, for each direction. */
export function peakOf({ columns, columnWidth }: Overview): Activity {
  const count = Math.max(1, Math.round(RATE_TIME / columnWidth));
  const peak = { ...NOTHING };
  const now = { ...NOTHING };
  for (const [index, { activity }] of columns.entries()) {
    const left = columns[index - count]?.activity ?? NOTHING;
    for (const key of KEYS) {
      now[key] += activity[key] - left[key];
      peak[key] = Math.max(peak[key], now[key]);
    }
  }
  return perSecond(peak, count * columnWidth);
}

/** The mean per second over a time in ms. */
export function perSecond(activity: Activity, time: number): Activity {
  const rates = { ...NOTHING };
  for (const key of KEYS) rates[key] = time > 0 ? (activity[key] / time) * 1000 : 0;
  return rates;
}

/** The position of a time, in columns from the left. Earlier and later times are at the ends. */
export function placeOfTime({ columns }: Overview, time: number): number {
  const index = columns.findIndex(({ to }) => time < to);
  const column = columns[index];
  if (!column) return columns.length;
  return index + Math.max(0, (time - column.from) / (column.to - column.from));
}

/** The whole columns from one position to another, both included, in either order. */
export function spanBetween({ columns }: Overview, one: number, other: number): TimeSpan | undefined {
  const at = (index: number) => columns[Math.min(columns.length - 1, Math.max(0, index))];
  const [first, last] = [at(Math.min(one, other)), at(Math.max(one, other))];
  return first && last && { from: first.from, to: last.to };
}

interface MergedBucket {
  readonly start: number;
  readonly activity: Sums;
}

type Sums = { -readonly [Key in keyof Activity]: Activity[Key] };

const KEYS = Object.keys(NOTHING) as (keyof Activity)[];

/** Written out: it is called for each bucket of each drawing, and a loop over names takes ten times as long. */
function add(sum: Sums, other: Activity): void {
  sum.sent += other.sent;
  sum.sentBytes += other.sentBytes;
  sum.received += other.received;
  sum.receivedBytes += other.receivedBytes;
  sum.opens += other.opens;
  sum.errors += other.errors;
  sum.closes += other.closes;
  sum.missing += other.missing;
}

/**
 * Finds which empty times are too long to be drawn: all that last longer than `foldsFrom`. That is halfway between the last one
 * that is drawn and the first one that is not, which is more than twice as long, since columns cut a little off each; `total` is what
 * remains. Both are ms.
 */
function unfolded(buckets: readonly TimeBucket[], width: number): { foldsFrom: number; total: number } {
  let active = 0;
  const pauses: number[] = [];
  let end = buckets[0]?.start ?? 0;
  for (const { start } of buckets) {
    if (start > end) pauses.push(start - end);
    active += width;
    end = start + width;
  }
  let total = active;
  let longest = 0;
  for (const pause of pauses.sort((a, b) => a - b)) {
    // So are all that are longer.
    if (pause > SHORTEST_FOLD && pause > 2 * total) return { foldsFrom: (longest + pause) / 2, total };
    total += pause;
    longest = pause;
  }
  return { foldsFrom: Number.POSITIVE_INFINITY, total };
}

/** The columns in which something happened. */
function merged(buckets: readonly TimeBucket[], columnWidth: number): MergedBucket[] {
  const columns: MergedBucket[] = [];
  let last: MergedBucket | undefined;
  for (const bucket of buckets) {
    const start = Math.floor(bucket.start / columnWidth) * columnWidth;
    if (last?.start !== start) {
      last = { start, activity: { ...NOTHING } };
      columns.push(last);
    }
    add(last.activity, bucket);
  }
  return columns;
}

function addEmpty(
  columns: OverviewColumn[],
  from: number,
  to: number,
  count: number,
  marks: Pick<OverviewColumn, 'isFolded' | 'isHole'>,
): void {
  const step = (to - from) / count;
  for (let index = 0; index < count; index++) {
    columns.push({ from: from + index * step, to: from + (index + 1) * step, activity: NOTHING, ...marks });
  }
}
