import type { LossReason } from '../../store/block-content.ts';
import type { FrameStore } from '../../store/frame-store.ts';
import type { GapReason } from '../../store/ledger.ts';

/** A store and what is counted with it. A list that is cleared begins with a new one. */
export class Recording {
  /** Frames in the store. */
  stored = 0;
  /** bytes on the wire of what has left because of the limits */
  evictedBytes = 0;
  /** Frames that are not in the store. */
  readonly droppedBy = new Map<GapReason, number>();
  /** Messages in the store whose payload has been let go. */
  readonly withoutPayload = new Map<LossReason, number>();

  constructor(readonly store: FrameStore) {}

  get dropped(): number {
    let dropped = 0;
    for (const frames of this.droppedBy.values()) dropped += frames;
    return dropped;
  }

  drop(reason: GapReason, frames: number): void {
    this.droppedBy.set(reason, (this.droppedBy.get(reason) ?? 0) + frames);
  }

  countWithoutPayload(reason: LossReason, times: number): void {
    this.withoutPayload.set(reason, (this.withoutPayload.get(reason) ?? 0) + times);
  }

  /** Takes over the counts of a later one, whose rows have come here. */
  add(later: Recording): void {
    this.stored += later.stored;
    for (const [reason, frames] of later.droppedBy) this.drop(reason, frames);
  }
}
