import type { FrameBatch } from '../../protocol/frames.ts';
import type { Progress } from './progress.ts';
import type { Loss } from './recording.ts';
import type { PanelDocument } from './sockets.ts';

/** Frames of one document that have arrived and are not stored yet, or a hole among them. */
export type Held =
  | {
      readonly type: 'frames';
      readonly document: PanelDocument;
      readonly progress: Progress;
      readonly batch: FrameBatch;
      /** Index of the first frame that is new. */
      readonly skip: number;
    }
  | (Loss & { readonly type: 'gap'; readonly document: PanelDocument });

/** A part of what is held, to be stored next: `from` and `to` are indices of its batch. */
export interface Run {
  readonly held: Held;
  readonly from: number;
  readonly to: number;
}

interface Stream {
  readonly items: readonly Held[];
  item: number;
  index: number;
}

/** What arrives before it can be put in order. */
export class Backlog {
  isHolding = false;
  private items: Held[] = [];
  private contents: (() => void)[] = [];

  push(item: Held): void {
    this.items.push(item);
  }

  /** Contents of frames that are held wait with them. */
  pushContent(take: () => void): void {
    this.contents.push(take);
  }

  holdsFramesOf(document: PanelDocument): boolean {
    return this.items.some((item) => item.type === 'frames' && item.document === document);
  }

  /** Frames that wait. */
  get frames(): number {
    let frames = 0;
    for (const item of this.items) if (item.type === 'frames') frames += item.batch.kinds.length - item.skip;
    return frames;
  }

  /** Ends the holding and hands everything over, in the order of time. */
  release(store: (run: Run) => void): void {
    const { items, contents } = this;
    this.isHolding = false;
    this.items = [];
    this.contents = [];
    for (const run of mergeByTime(items)) store(run);
    for (const take of contents) take();
  }
}

/**
 * What the documents of a page held for a panel that was opened late, merged into the order of time. Each document's own
 * order is kept whatever its clock says; from then on frames are stored as they arrive.
 */
export function* mergeByTime(held: readonly Held[]): Generator<Run, void, undefined> {
  const streams = streamsOf(held);
  for (;;) {
    const [first, second] = twoEarliest(streams);
    if (!first) return;
    const item = first.items[first.item];
    if (!item) return;
    const from = first.index;
    const to = runEnd(item, from, second ? timeOf(second) : Number.POSITIVE_INFINITY);
    yield { held: item, from, to };
    first.index = to;
    if (to < lengthOf(item)) continue;
    first.item++;
    first.index = firstIndex(first.items[first.item]);
  }
}

function streamsOf(held: readonly Held[]): Stream[] {
  const byDocument = new Map<PanelDocument, Held[]>();
  for (const item of held) {
    if (lengthOf(item) <= firstIndex(item)) continue;
    const items = byDocument.get(item.document) ?? [];
    items.push(item);
    byDocument.set(item.document, items);
  }
  return [...byDocument.values()].map((items) => ({ items, item: 0, index: firstIndex(items[0]) }));
}

function twoEarliest(streams: readonly Stream[]): [Stream | undefined, Stream | undefined] {
  let first: Stream | undefined;
  let second: Stream | undefined;
  for (const stream of streams) {
    if (stream.item >= stream.items.length) continue;
    if (!first || timeOf(stream) < timeOf(first)) {
      second = first;
      first = stream;
    } else if (!second || timeOf(stream) < timeOf(second)) {
      second = stream;
    }
  }
  return [first, second];
}

/** One past the last frame that is not later than `time`; at least one frame, so that a run is never empty. */
function runEnd(item: Held, from: number, time: number): number {
  if (item.type === 'gap') return 1;
  const { times } = item.batch;
  let end = from + 1;
  while (end < times.length && (times[end] ?? 0) <= time) end++;
  return end;
}

function timeOf({ items, item, index }: Stream): number {
  const held = items[item];
  if (!held) return Number.POSITIVE_INFINITY;
  return held.type === 'gap' ? held.time : (held.batch.times[index] ?? 0);
}

function lengthOf(held: Held): number {
  return held.type === 'gap' ? 1 : held.batch.kinds.length;
}

function firstIndex(held: Held | undefined): number {
  return held?.type === 'frames' ? held.skip : 0;
}
