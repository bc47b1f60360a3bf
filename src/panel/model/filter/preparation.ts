import type { FrameStore } from '../../../store/frame-store.ts';
import type { Turns } from '../../platform/turns.ts';

/** ms between two looks at whether there is time for it. */
const INTERVAL = 400;
/** Rows that may have come in that time: with more, the panel has enough to do. */
const MOST_ROWS = 400;
/** ms of it in one turn */
const SLICE = 4;

/** Does what makes later searches faster while little else is to be done. */
export class Preparation {
  private store: FrameStore | undefined;
  private isWaiting = false;
  private lookedAtRow = 0;

  constructor(private readonly turns: Turns) {}

  /** Something has been written to a store. */
  consider(store: FrameStore): void {
    this.store = store;
    if (this.isWaiting || !store.isToPrepare) return;
    this.isWaiting = true;
    this.wait(store);
  }

  private wait(store: FrameStore): void {
    this.lookedAtRow = store.endRow;
    setTimeout(() => this.look(), INTERVAL);
  }

  private look(): void {
    const { store } = this;
    if (store && store.endRow - this.lookedAtRow > MOST_ROWS) this.wait(store);
    else this.turns(() => this.go());
  }

  private go(): void {
    const { store } = this;
    const end = performance.now() + SLICE;
    while (store?.isToPrepare && performance.now() < end) store.prepare();
    this.isWaiting = store?.isToPrepare === true;
    if (this.isWaiting) this.turns(() => this.go());
  }
}
