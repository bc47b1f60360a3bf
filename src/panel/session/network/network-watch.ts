import {
  type LoggedSocket,
  type NetworkLog,
  readNetworkLog,
  readSocketEntry,
} from '../../../formats/har/read-entry.ts';
import type { Bridge } from '../browser/bridge.ts';
import type { Obstacle } from '../documents/obstacle.ts';
import type { Recorder } from '../recording/recorder.ts';
import type { PanelSocket } from '../recording/sockets.ts';
import { isOver, joinHandshakes } from './handshakes.ts';
import { ReadOnlySockets } from './read-only-sockets.ts';
import { ReadingPace, SHORTEST_INTERVAL } from './reading-pace.ts';
import { ReadingSchedule } from './reading-schedule.ts';
import { SettledEntries } from './settled-entries.ts';
import { ToldHandshakes } from './told-handshakes.ts';
import { reasonToList } from './uncaptured.ts';
import { isKnown, WantedHandshakes } from './wanted-handshakes.ts';

/**
 * When the log is read after a socket has opened or failed, in ms from the last try, until the socket is found there. If the browser
 * reports each handshake (`told`), the log is only the second source: a busy Firefox sometimes forgets one or reports it without its status.
 */
const JOIN_DELAYS = { untold: [150, 500, 2000], told: [2000, 1000] };
/** ms from the start of the panel, or of a page, to the first reading. */
const START_DELAY = 300;
/** Entries that are remembered where the browser reports each handshake: the log is then hardly ever read, and tells of no others. */
const MOST_SETTLED = 1000;
/** ms from the loading of a script, which may belong to a worker, to a reading. */
const SCRIPT_DELAY = 1000;

/** What the watch needs to know about the tab. */
interface WatchedSession {
  readonly obstacle: Obstacle;
  readonly capturedSince: number | undefined;
  readonly isConnecting: boolean;
  hasHeardAll(): Promise<unknown>;
}

/**
 * Reads the network log of DevTools, as seldom as it can: for the handshakes of captured sockets and for the sockets that the
 * hook does not reach.
 */
export class NetworkWatch {
  private readonly readOnly: ReadOnlySockets;
  private readonly wanted = new WantedHandshakes();
  private readonly schedule: ReadingSchedule;
  private readonly settled: SettledEntries;
  private readonly told = new ToldHandshakes(() => this.joinTold());
  private workers: ReadonlySet<string> = new Set();
  private readonly pace = new ReadingPace();
  /** The sockets of the last reading, without their messages. */
  private lastRead: readonly LoggedSocket[] = [];
  /** Settles once the pages have reported all their sockets; until then handshakes that no socket claims have to wait. */
  private hearing: Promise<unknown> = Promise.resolve();
  /** Number of pages that have been left. */
  private visit = 0;
  /** Whether the page has navigated since the last reading. */
  private hasNavigated = false;
  private isReading = false;
  private isStopped = false;

  /** @param onChange called when something may have changed */
  constructor(
    private readonly bridge: Pick<
      Bridge,
      'origin' | 'readNetworkLog' | 'onRequest' | 'onScript' | 'whenVisible'
    >,
    private readonly recorder: Recorder,
    private readonly session: WatchedSession,
    private readonly onChange: () => void,
  ) {
    this.readOnly = new ReadOnlySockets(recorder);
    this.settled = new SettledEntries(bridge.onRequest && MOST_SETTLED);
    this.schedule = new ReadingSchedule(this.readingHost());
    recorder.onSocket = (socket) => this.socketChanged(socket);
  }

  /** @param signal ends the watch */
  start(signal: AbortSignal): void {
    for (const socket of this.recorder.sockets.all()) this.socketChanged(socket);
    this.bridge.onRequest?.((entry) => this.takeRequest(entry));
    this.bridge.onScript?.(() => this.schedule.readIn(SCRIPT_DELAY));
    if (!this.bridge.onRequest) this.schedule.readIn(START_DELAY);
    signal.addEventListener('abort', () => {
      this.isStopped = true;
      this.schedule.stop();
      this.told.stop();
    });
  }

  /** Looks for the handshake of a socket that the user has selected. */
  want(socket: PanelSocket): void {
    if (socket.readOnly || isKnown(socket) || !this.wanted.ask(socket)) return;
    this.schedule.readNow();
  }

  /** True once the handshake of a socket was searched for and not found. */
  isAbsent(socket: PanelSocket): boolean {
    return this.wanted.isAbsent(socket);
  }

  /**
   * To be called when the page has been left.
   * @returns true if it had sockets that only the log knew
   */
  leavePage(): boolean {
    this.visit++;
    this.told.leavePage();
    const hadReadOnly = this.readOnly.leave();
    this.pageChanged();
    return hadReadOnly;
  }

  /** To be called when another page has loaded, with or without our hook. */
  pageChanged(): void {
    this.workers = new Set();
    this.lastRead = [];
    this.pace.quicken();
    this.hasNavigated = true;
    if (!this.bridge.onRequest) this.schedule.readIn(START_DELAY);
    else this.readOnly.leave(); // no log will show that its sockets have gone
  }

  private socketChanged(socket: PanelSocket): void {
    if (socket.readOnly) return;
    const { openedAt, closedAt, adopted } = socket.record;
    if (openedAt === undefined && closedAt === undefined && !adopted) return;
    if (!this.wanted.notice(socket)) return;
    // It may be listed as read-only already, and must not be listed twice until the next look, nor what its page tells now.
    if (adopted || this.readOnly.lists(socket.record.url)) this.joinKnown();
    if (isKnown(socket)) return;
    this.wanted.add(socket);
    if (this.bridge.onRequest) this.told.socketCame();
    this.schedule.readIn(this.joinDelays[0] ?? 0);
  }

  /** Firefox reports a handshake shortly before or after the page reports its socket. */
  private takeRequest(value: unknown): void {
    const entry = readSocketEntry(value, this.bridge.origin);
    if (entry && !this.isStopped) this.told.add(entry);
  }

  private joinTold(): void {
    const owners = this.join(this.told.entries);
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
    this.told.remove(this.join(this.told.entries));
    for (const entry of unclaimed) {
      if (entry.isSettled && !this.settled.has(entry.key)) this.readOnly.take(entry, 'handshake');
    }
    this.onChange();
  }

  private readingHost() {
    const { bridge, recorder, wanted } = this;
    return {
      get received() {
        return recorder.list.received;
      },
      /** If the browser reports handshakes, all of them may have come meanwhile. */
      get isNeeded() {
        return !bridge.onRequest || !wanted.areNone;
      },
      whenVisible: (callback: () => void) => bridge.whenVisible(callback),
      read: () => void this.read(),
    };
  }

  private async read(): Promise<void> {
    if (this.isReading) return this.schedule.readIn(SHORTEST_INTERVAL);
    this.isReading = true;
    const start = performance.now();
    const value = await this.bridge.readNetworkLog().catch(() => undefined);
    if (!this.isStopped) this.take(readNetworkLog(value, this.bridge.origin));
    const cost = performance.now() - start;
    this.isReading = false;
    const isFollowing = this.readOnly.open > 0 && !this.bridge.onRequest;
    this.schedule.rest(this.pace.restAfter(cost, isFollowing));
    this.plan();
    this.onChange();
  }

  private take(log: NetworkLog): void {
    this.pace.heed(`${log.sockets.length} ${log.workers.size} ${this.readOnly.frames}`);
    this.workers = log.workers;
    this.lastRead = log.sockets.map((entry) => ({ ...entry, messages: undefined }));
    // In a browser that reports each request, the log forgets some.
    if (!this.bridge.onRequest) this.readOnly.keep(log.sockets, this.hasNavigated);
    this.hasNavigated = false;
    const owners = this.join(log.sockets);
    this.wanted.notFound(this.joinDelays.length);
    for (const entry of log.sockets) {
      if (owners.has(entry) || this.settled.has(entry.key)) continue;
      const reason = reasonToList(entry, this.pageFacts(), this.readOnly.has(entry));
      if (reason) this.readOnly.take(entry, reason);
    }
    this.settled.keepOnly(new Set(log.sockets.map(({ key }) => key)));
  }

  /** Finds captured sockets among the entries that are known already. */
  private joinKnown(): void {
    this.join(this.bridge.onRequest ? this.told.entries : this.lastRead);
  }

  /** Gives captured sockets their handshakes. */
  private join(entries: readonly LoggedSocket[]): Map<LoggedSocket, PanelSocket> {
    const open = entries.filter(({ key }) => !this.settled.has(key));
    const captured = this.recorder.sockets.all().filter((socket) => !socket.readOnly && !isKnown(socket));
    const owners = joinHandshakes(open, captured);
    for (const [entry, socket] of owners) {
      socket.handshake = entry.handshake;
      this.readOnly.giveUp(entry, socket);
      if (!isOver(entry)) continue;
      this.settled.add(entry.key);
      this.wanted.found(socket);
    }
    return owners;
  }

  private get joinDelays(): readonly number[] {
    return this.bridge.onRequest ? JOIN_DELAYS.told : JOIN_DELAYS.untold;
  }

  private pageFacts() {
    const { obstacle, capturedSince } = this.session;
    return { obstacle, capturedSince, workers: this.workers };
  }

  /** Plans the next reading, if there is to be one. */
  private plan(): void {
    for (const tries of this.wanted.triesSoFar()) this.schedule.readIn(this.joinDelays[tries] ?? 0);
    if (this.bridge.onRequest) return;
    const { obstacle } = this.session;
    const mayAppear = this.workers.size > 0 || obstacle === 'no-hook' || obstacle === 'looking';
    if (this.readOnly.open > 0) this.schedule.readIn(this.pace.interval('open'));
    else if (mayAppear) this.schedule.readIn(this.pace.interval('possible'));
  }
}
