import { FrameKind } from '../../protocol/frames.ts';
import type { Rows } from '../rows/rows.ts';
import { SEGMENT_ROWS, segmentIndex } from '../rows/segment.ts';
import type { Timeline } from './timeline.ts';

/** Rows between two checks of the clock. */
const STRIDE = 256;

/** Stands for sockets that belong to no group. */
export const NO_GROUP = -1;

/** Rows and their timeline. */
export interface TimedRows extends Rows {
  readonly timeline: Pick<Timeline, 'width'>;
}

/** Numbers of messages in a stretch of time: received and sent of the first group, received and sent of the second … */
export type GroupCounts = Uint32Array;

/**
 * How many messages of each of some groups of sockets there were when. They are counted from rows that are there, a little at a
 * time and while somebody looks, by segments, which go as a whole: a row that comes or goes pays nothing for it, and where there are
 * no groups nothing is done.
 */
export class GroupTimes {
  /** By segment, and within it by the number of the bucket. */
  private readonly segments = new Map<number, Map<number, GroupCounts>>();
  private readonly known = new Map<number, number>();
  private width: number;
  private next: number;

  /**
   * @param groupOf from 0 to `groups`, not included, or {@link NO_GROUP}; asked once for each socket
   */
  constructor(
    private readonly rows: TimedRows,
    private readonly groups: number,
    private readonly groupOf: (socket: number) => number,
  ) {
    this.next = rows.firstRow;
    this.width = rows.timeline.width;
  }

  /** True if there are rows to be counted. */
  get isBehind(): boolean {
    return this.next < this.rows.endRow;
  }

  /**
   * Counts rows until all are counted or the time is up.
   * @param budget ms
   */
  step(budget: number): void {
    const { rows } = this;
    const deadline = performance.now() + budget;
    this.follow();
    for (let looks = 1; this.next < rows.endRow; looks++) {
      this.count(this.next++);
      if (looks % STRIDE === 0 && performance.now() >= deadline) return;
    }
  }

  /** By the start of the timeline's buckets (ms since the epoch), for the rows counted so far. */
  counts(): ReadonlyMap<number, GroupCounts> {
    this.follow();
    const all = new Map<number, GroupCounts>();
    for (const buckets of this.segments.values())
      for (const [number, counts] of buckets) addTo(all, number * this.width, counts);
    return all;
  }

  private count(row: number): void {
    const { rows } = this;
    const kind = rows.kind(row);
    if (kind >= FrameKind.open) return;
    const group = this.groupOfSocket(rows.socket(row));
    if (group === NO_GROUP) return;
    const index = segmentIndex(row);
    const buckets = this.segments.get(index) ?? new Map<number, GroupCounts>();
    this.segments.set(index, buckets);
    const number = Math.floor(rows.time(row) / this.width);
    const counts = buckets.get(number) ?? new Uint32Array(2 * this.groups);
    buckets.set(number, counts);
    const isSent = kind === FrameKind.sentText || kind === FrameKind.sentBinary;
    const cell = 2 * group + (isSent ? 1 : 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }

  private groupOfSocket(socket: number): number {
    const known = this.known.get(socket);
    if (known !== undefined) return known;
    const group = this.groupOf(socket);
    this.known.set(socket, group);
    return group;
  }

  /** Forgets dropped segments and adopts the current width of the buckets. */
  private follow(): void {
    const { firstRow, timeline } = this.rows;
    this.next = Math.max(this.next, firstRow);
    for (const index of this.segments.keys())
      if ((index + 1) * SEGMENT_ROWS <= firstRow) this.segments.delete(index);
    if (timeline.width === this.width) return;
    const share = timeline.width / this.width;
    this.width = timeline.width;
    for (const [index, buckets] of this.segments) {
      const wider = new Map<number, GroupCounts>();
      for (const [number, counts] of buckets) addTo(wider, Math.floor(number / share), counts);
      this.segments.set(index, wider);
    }
  }
}

function addTo(all: Map<number, GroupCounts>, key: number, counts: GroupCounts): void {
  const sum = all.get(key) ?? new Uint32Array(counts.length);
  all.set(key, sum);
  for (let cell = 0; cell < counts.length; cell++) sum[cell] = (sum[cell] ?? 0) + (counts[cell] ?? 0);
}
