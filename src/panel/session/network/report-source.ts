import type { LoggedSocket } from '../../../formats/har/read-entry.ts';
import type { HandshakeReport } from '../../../protocol/panel-line.ts';
import type { Bridge } from '../browser/bridge.ts';
import type { Joining } from './joining.ts';
import { readReport } from './read-report.ts';
import type { HandshakeSource, WatchedSession } from './source.ts';
import { ToldHandshakes } from './told-handshakes.ts';

/**
 * After how many looks, `every` so many ms, a handshake counts as absent that has not been reported. Reports come at once, but in a busy
 * panel they may wait behind what pages tell.
 */
const LOOKS = { most: 2, every: 1500 };

/** Firefox, whose background reports each handshake as soon as the server has answered. */
export class ReportSource implements HandshakeSource {
  private readonly told = new ToldHandshakes(() => this.joinTold());
  /** Settles once the pages have reported all their sockets; until then handshakes that no socket claims have to wait. */
  private hearing: Promise<unknown> = Promise.resolve();
  /** Number of pages that have been left. */
  private visit = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private isStopped = false;

  constructor(
    private readonly onHandshake: NonNullable<Bridge['onHandshake']>,
    private readonly joining: Joining,
    private readonly session: WatchedSession,
    private readonly onChange: () => void,
  ) {}

  get entries(): readonly LoggedSocket[] {
    return this.told.entries;
  }

  start(): void {
    this.onHandshake((report) => this.take(report));
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
    this.told.stop();
  }

  socketCame(): void {
    this.told.socketCame();
    if (!this.isStopped) this.timer ??= setTimeout(() => this.look(), LOOKS.every);
  }

  /** There is nothing to do but to wait for the report. */
  sought(): void {}

  pageLeft(): void {
    this.visit++;
    this.told.leavePage();
  }

  pageChanged(): void {
    this.joining.readOnly.leave(); // nothing will tell that its sockets have gone
  }

  /** Firefox reports a handshake shortly before or after the page reports its socket. */
  private take(report: HandshakeReport): void {
    if (!this.isStopped) this.told.add(readReport(report));
  }

  private look(): void {
    this.timer = undefined;
    const { wanted } = this.joining;
    if (wanted.areNone) return;
    wanted.notFound(LOOKS.most);
    this.onChange();
    if (!wanted.areNone) this.timer = setTimeout(() => this.look(), LOOKS.every);
  }

  private joinTold(): void {
    const owners = this.joining.join(this.told.entries);
    this.told.remove(owners);
    // While the panel is looking for the page's documents, their sockets may still come.
    const { obstacle, isConnecting } = this.session;
    const unclaimed = obstacle === 'looking' ? [] : this.told.takeUnclaimed(isConnecting);
    const { visit } = this;
    // A page that is busy, or paused at a breakpoint, cannot report its sockets.
    if (unclaimed.length > 0) {
      this.hearing = this.hearing
        .then(() => this.session.hasHeardAll())
        .then(() => visit === this.visit && this.listUnclaimed(unclaimed));
    }
    if (owners.size > 0) this.onChange();
  }

  private listUnclaimed(unclaimed: readonly LoggedSocket[]): void {
    if (this.isStopped) return;
    const { joining, told } = this;
    told.remove(joining.join(told.entries));
    for (const entry of unclaimed) {
      if (!joining.settled.has(entry.key)) joining.readOnly.take(entry, 'handshake');
    }
    this.onChange();
  }
}
