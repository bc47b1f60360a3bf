import { FrameFlag, MAX_PAYLOAD } from '../../../protocol/frames.ts';
import { narrow } from '../../../store/blocks/narrow.ts';
import type { FrameStore } from '../../../store/frame-store.ts';
import type { Pending, Progress } from './progress.ts';

/** Part of the contents of a frame; see the message of that name. */
export interface ContentPart {
  readonly seq: number;
  readonly offset: number;
  readonly total: number;
  readonly part: string | Uint8Array | undefined;
}

/** Units of incomplete payloads that may be held: two of the largest, so that a page which sends only beginnings gets no more. */
const MOST_WAITING = 2 * MAX_PAYLOAD;

/** Joins payloads that follow their rows in parts. */
export class Contents {
  private waiting = 0;
  /** A store that was cleared and may be restored: contents of its rows are still accepted. */
  spare: FrameStore | undefined;

  /** Registers a row whose contents will follow. */
  expect({ pending }: Progress, seq: number, store: FrameStore, row: number): void {
    pending.set(seq, { store, row, parts: undefined, units: 0 });
  }

  /** @param store the one that is in use; rows of an earlier one were cleared */
  take(progress: Progress, store: FrameStore, { seq, offset, total, part }: ContentPart): void {
    const place = progress.pending.get(seq);
    if (!place) return;
    const isKept = place.store === store || place.store === this.spare;
    if (part === undefined || !isKept || this.waiting + part.length > MOST_WAITING) {
      this.end(progress, seq, place, undefined);
      return;
    }
    place.parts ??= new Map();
    if (place.parts.has(offset)) return;
    const isAscii = place.store.size(place.row) === total;
    place.parts.set(offset, typeof part === 'string' && !isAscii ? narrow(part) : part);
    place.units += part.length;
    this.waiting += part.length;
    if (place.units >= total) this.end(progress, seq, place, joined(place, total));
  }

  /** The page will send every incomplete payload again from its beginning. */
  restart({ pending }: Progress): void {
    for (const place of pending.values()) this.empty(place);
  }

  /** Nothing more will come of this page. */
  giveUp(progress: Progress): void {
    for (const [seq, place] of progress.pending) this.end(progress, seq, place, undefined);
  }

  /** The page no longer holds anything before this sequence number. */
  giveUpBefore(progress: Progress, oldest: number): void {
    for (const [seq, place] of progress.pending) {
      if (seq < oldest) this.end(progress, seq, place, undefined);
    }
  }

  /** Forgets what belongs to rows that are no longer there, or have become gaps. */
  forget(progress: Progress, store: FrameStore): void {
    for (const [seq, place] of progress.pending) {
      const isGone = place.store === store ? !isPending(place) : place.store !== this.spare;
      if (isGone) this.end(progress, seq, place, undefined);
    }
  }

  /** The rows of one store have been moved to another one, with row numbers shifted by a fixed amount. */
  move({ pending }: Progress, from: FrameStore, to: FrameStore, by: number): void {
    for (const [seq, place] of pending) {
      if (place.store === from) pending.set(seq, { ...place, store: to, row: place.row + by });
    }
  }

  private end(
    { pending }: Progress,
    seq: number,
    place: Pending,
    content: string | Uint8Array | undefined,
  ): void {
    pending.delete(seq);
    this.empty(place);
    place.store.setContent(place.row, content);
  }

  private empty(place: Pending): void {
    this.waiting -= place.units;
    place.units = 0;
    place.parts = undefined;
  }
}

function isPending({ store, row }: Pending): boolean {
  return (store.flags(row) & FrameFlag.pending) !== 0;
}

/** The whole payload, if the parts fit together. */
function joined({ parts, units }: Pending, total: number): string | Uint8Array | undefined {
  if (units !== total || !parts) return undefined;
  const texts: string[] = [];
  const bytes: [number, Uint8Array][] = [];
  for (const [offset, part] of parts) {
    if (typeof part === 'string') texts.push(part);
    else if (offset + part.length <= total) bytes.push([offset, part]);
    else return undefined;
  }
  if (bytes.length === 0) return texts.join('');
  const only = bytes[0]?.[1];
  if (bytes.length === 1 && texts.length === 0) return only;
  const whole = new Uint8Array(total);
  for (const [offset, part] of bytes) whole.set(part, offset);
  return texts.length === 0 ? whole : undefined;
}
