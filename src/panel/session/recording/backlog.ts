import { type FrameBatch, FrameFlag } from '../../../protocol/frames.ts';
import { Heap } from '../../../store/heap.ts';
import type { Progress } from './progress.ts';
import type { Loss } from './recording.ts';
import type { PanelDocument } from './sockets.ts';

/** Frames of one document that have arrived and are not stored yet, or a gap among them. */
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
  /** Among all: the earlier one goes first where times are equal. */
  readonly place: number;
  item: number;
  index: number;
  /** Of the frame or hole at that place. */
  time: number;
}

/** Holds what arrives before it can be ordered by time. */
export class Backlog {
  isHolding = false;
  private items: Held[] = [];
  private contents: (() => void)[] = [];
  private readonly awaited = new Set<Progress>();

  push(item: Held): void {
    this.items.push(item);
    if (item.type === 'frames' && item.batch.flags.some(isPending)) this.awaited.add(item.progress);
  }

  /** Contents of frames that are held wait with them. */
  pushContent(take: () => void): void {
    this.contents.push(take);
  }

  /** Whether contents follow a frame that is held. */
  awaitsContents(progress: Progress): boolean {
    return this.awaited.has(progress);
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

  /** Hands over everything that is held, ordered by time. */
  release(store: (run: Run) => void): void {
    const { items, contents } = this;
    this.isHolding = false;
    this.items = [];
    this.contents = [];
    this.awaited.clear();
    mergeByTime(items, store);
    for (const take of contents) take();
  }
}

/**
 * Merges by time what the documents of a page held for a panel that was opened late. The order within each document is kept, whatever
 * its clock says. From then on frames are stored as they arrive.
 */
export function mergeByTime(held: readonly Held[], store: (run: Run) => void): void {
  const streams = new Heap<Stream>((a, b) => a.time < b.time || (a.time === b.time && a.place < b.place));
  for (const stream of streamsOf(held)) streams.add(stream);
  for (let stream = streams.first; stream; stream = streams.first) {
    const item = stream.items[stream.item];
    if (!item) {
      streams.removeFirst();
      continue;
    }
    const from = stream.index;
    const to = runEnd(item, from, streams.second?.time ?? Number.POSITIVE_INFINITY);
    store({ held: item, from, to });
    moveTo(stream, to);
    streams.settleFirst();
  }
}

function isPending(flags: number): boolean {
  return (flags & FrameFlag.pending) !== 0;
}

function streamsOf(held: readonly Held[]): Stream[] {
  const byDocument = new Map<PanelDocument, Held[]>();
  for (const item of held) {
    if (lengthOf(item) <= firstIndex(item)) continue;
    const items = byDocument.get(item.document) ?? [];
    items.push(item);
    byDocument.set(item.document, items);
  }
  return [...byDocument.values()].map((items, place) => {
    const stream = { items, place, item: 0, index: 0, time: 0 };
    moveTo(stream, firstIndex(items[0]));
    return stream;
  });
}

/** To a place in its item, or to the beginning of the next one if that is its end. */
function moveTo(stream: Stream, index: number): void {
  stream.index = index;
  const item = stream.items[stream.item];
  if (item && index >= lengthOf(item)) stream.index = firstIndex(stream.items[++stream.item]);
  const held = stream.items[stream.item];
  if (held) stream.time = timeOf(held, stream.index);
}

/** One past the last frame that is not later than `time`; at least one frame, so that a run is never empty. */
function runEnd(item: Held, from: number, time: number): number {
  if (item.type === 'gap') return 1;
  const { times } = item.batch;
  let end = from + 1;
  while (end < times.length && (times[end] ?? 0) <= time) end++;
  return end;
}

function timeOf(held: Held, index: number): number {
  return held.type === 'gap' ? held.time : (held.batch.times[index] ?? 0);
}

function lengthOf(held: Held): number {
  return held.type === 'gap' ? 1 : held.batch.kinds.length;
}

function firstIndex(held: Held | undefined): number {
  return held?.type === 'frames' ? held.skip : 0;
}
