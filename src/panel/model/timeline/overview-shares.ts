import type { GroupCounts } from '../../../store/counts/group-times.ts';
import { COLOURS } from './colour-times.ts';
import type { Overview } from './overview.ts';

type Colour = (typeof COLOURS)[number];

/** For a colour, the share of each column's messages that belongs to sockets of that colour. */
export interface ColourShare {
  readonly colour: Colour;
  /** For each column, from 0 to 1. */
  readonly received: readonly number[];
  readonly sent: readonly number[];
}

/**
 * The shares of all colours in use.
 * @param counts keyed by the start of their bucket, in ms since the epoch
 */
export function colourShares(overview: Overview, counts: ReadonlyMap<number, GroupCounts>): ColourShare[] {
  const { columns, columnWidth } = overview;
  const places = new Map(columns.map(({ from }, index) => [from, index]));
  const sums = columns.map(() => new Float64Array(2 * COLOURS.length));
  for (const [start, cells] of counts) {
    const sum = sums[places.get(Math.floor(start / columnWidth) * columnWidth) ?? -1];
    if (sum) for (let cell = 0; cell < sum.length; cell++) sum[cell] = (sum[cell] ?? 0) + (cells[cell] ?? 0);
  }
  const sharesOf = (cell: number, way: 'received' | 'sent') =>
    columns.map(({ activity }, index) => (sums[index]?.[cell] ?? 0) / Math.max(1, activity[way]));
  return COLOURS.map((colour, group) => ({
    colour,
    received: sharesOf(2 * group, 'received'),
    sent: sharesOf(2 * group + 1, 'sent'),
  })).filter(({ received, sent }) => [...received, ...sent].some((share) => share > 0));
}
