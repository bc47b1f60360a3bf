import {
  type Cleared,
  canFollow,
  clearSockets,
  copyRows,
  handOverCleared,
  restoreSockets,
} from './cleared.ts';
import type { Contents } from './contents.ts';
import type { Followed } from './followed.ts';
import type { Pauses } from './pauses.ts';
import type { Recording } from './recording.ts';
import type { PanelSocket, SocketTable } from './sockets.ts';

/** What is reset or restored together with a list. */
interface Belongings {
  readonly sockets: SocketTable;
  readonly contents: Contents;
  readonly followed: Followed;
  readonly pauses: Pauses;
}

/** The current list, and the previous one, which was cleared and may be restored. */
export class Recordings {
  current: Recording;
  private cleared: Cleared | undefined;

  /** @param onGone called when what was cleared can no longer be restored */
  constructor(
    private readonly belongings: Belongings,
    private readonly make: () => Recording,
    private readonly onGone: (cleared: Cleared) => void,
  ) {
    this.current = make();
  }

  /** Starts a new list, hides closed sockets and resets the totals. The old list is kept until {@link forget}. */
  clear(): Cleared {
    this.forget();
    const { sockets, pauses, contents } = this.belongings;
    const cleared = {
      recording: this.current,
      sockets: clearSockets(sockets.all()),
      pauses: pauses.take(),
    };
    this.cleared = cleared;
    contents.spare = cleared.recording.store;
    this.begin();
    return cleared;
  }

  /**
   * Restores what was cleared, before what has arrived since.
   * @returns false if it is too late
   */
  restore(cleared: Cleared): boolean {
    this.considerForgetting(); // the last of what has followed may have been too much, or have left the memory since
    if (this.cleared !== cleared) return false;
    const { contents, followed } = this.belongings;
    const later = this.current;
    const { recording } = cleared;
    this.current = recording;
    this.cleared = undefined;
    contents.spare = undefined;
    for (const loss of cleared.pauses) recording.appendGap(loss);
    const { endRow } = recording.store;
    copyRows(later.store, recording.store);
    for (const progress of followed.progresses()) {
      contents.move(progress, later.store, recording.store, endRow);
    }
    later.store.discard();
    followed.add(recording.stored + recording.dropped);
    recording.add(later);
    restoreSockets(cleared.sockets);
    return true;
  }

  /**
   * What was cleared will not be brought back.
   * @param only nothing else that was cleared since
   */
  forget(only = this.cleared): void {
    const { cleared } = this;
    if (!cleared || cleared !== only) return;
    this.cleared = undefined;
    this.belongings.contents.spare = undefined;
    this.forgetContents();
    cleared.recording.store.discard();
    this.onGone(cleared);
  }

  /** What was cleared is forgotten once too much has come after it. */
  considerForgetting(): void {
    if (this.cleared && !canFollow(this.current)) this.forget();
  }

  /** Gives one socket the rows of another, which has turned out to be the same. */
  handOver(from: PanelSocket, to: PanelSocket): void {
    this.current.store.handOver(from.number, to.number);
    if (this.cleared) handOverCleared(this.cleared, from, to);
  }

  /** Starts a new list; the old one cannot be restored. */
  leave(): void {
    this.discard();
    this.belongings.pauses.take();
    this.begin();
  }

  /** Frees everything. */
  discard(): void {
    this.forget();
    this.current.store.discard();
  }

  /** Stops waiting for contents of rows that no longer exist. */
  forgetContents(): void {
    const { contents, followed } = this.belongings;
    for (const progress of followed.progresses()) contents.forget(progress, this.current.store);
  }

  private begin(): void {
    this.current = this.make();
    this.belongings.followed.restart();
    this.forgetContents();
  }
}
