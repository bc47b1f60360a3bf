import { signal } from '@preact/signals';

/** What only a view can do, because an element of its own takes part. */
export type ViewAction =
  | 'focus-filter'
  | 'focus-frames'
  | 'focus-sockets'
  | 'find-next'
  | 'find-previous'
  | 'open-row-menu'
  | 'open-export-menu'
  | 'open-types'
  | 'choose-files';

/** Lets commands have done what only views can do. A view offers its actions for as long as it is there. */
export class ViewActions {
  private readonly offered = new Map<ViewAction, () => void>();
  /** Rises with each offer that comes or goes, so that buttons hear of it. */
  private readonly changes = signal(0);

  /** @returns withdraws the offer */
  offer(action: ViewAction, act: () => void): () => void {
    this.offered.set(action, act);
    this.changes.value++;
    return () => {
      if (this.offered.get(action) !== act) return;
      this.offered.delete(action);
      this.changes.value++;
    };
  }

  can(action: ViewAction): boolean {
    return this.changes.value > 0 && this.offered.has(action);
  }

  /** Does nothing where no view offers it. */
  do(action: ViewAction): void {
    this.offered.get(action)?.();
  }
}
