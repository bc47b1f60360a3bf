import { signal } from '@preact/signals';

/** Something that has been done and can be taken back for a while. */
export interface Undoable {
  undo(): void;
  /** It is too late, or something else can be undone now: what was kept for it can go. */
  forget?(): void;
}

/** ms in which it can be undone */
export const UNDO_PATIENCE = 20_000;

/** The one thing that can be undone at a time: the last one, and not for long, as some of them keep memory. */
export class Undo {
  readonly offer = signal<Undoable | undefined>(undefined);
  private timer: ReturnType<typeof setTimeout> | undefined;

  add(done: Undoable): void {
    this.withdraw();
    this.offer.value = done;
    this.timer = setTimeout(() => this.withdraw(done), UNDO_PATIENCE);
  }

  run(): void {
    const done = this.offer.value;
    clearTimeout(this.timer);
    this.offer.value = undefined;
    done?.undo();
  }

  /** @param done only if it is still this one; left out, whatever it is */
  withdraw(done = this.offer.value): void {
    if (done === undefined || this.offer.value !== done) return;
    clearTimeout(this.timer);
    this.offer.value = undefined;
    done.forget?.();
  }
}
