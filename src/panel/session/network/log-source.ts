import { type LoggedSocket, type NetworkLog, readNetworkLog } from '../../../formats/har/read-entry.ts';
import type { Bridge } from '../browser/bridge.ts';
import type { Recorder } from '../recording/recorder.ts';
import type { PanelSocket } from '../recording/sockets.ts';
import type { Joining } from './joining.ts';
import { ReadingPace, SHORTEST_INTERVAL } from './reading-pace.ts';
import { ReadingSchedule } from './reading-schedule.ts';
import type { HandshakeSource, WatchedSession } from './source.ts';
import { reasonToList } from './uncaptured.ts';

/** When the log is read after a socket has opened or failed, in ms from the last try, until the socket is found there. */
const JOIN_DELAYS = [150, 500, 2000];
/** ms from the start of the panel, or of a page, to the first reading. */
const START_DELAY = 300;
/** ms from the loading of a script, which may belong to a worker, to a reading. */
const SCRIPT_DELAY = 1000;

/** What it uses of the browser. */
export type LogBridge = Pick<Bridge, 'origin' | 'onScript' | 'readNetworkLog' | 'whenVisible' | 'usedAt'>;

/** Chrome and Edge: the network log of DevTools, which is read as seldom as it can be. */
export class LogSource implements HandshakeSource {
  private readonly schedule: ReadingSchedule;
  private readonly pace = new ReadingPace();
  private workers: ReadonlySet<string> = new Set();
  /** The sockets of the last reading, without their messages. */
  private lastRead: readonly LoggedSocket[] = [];
  /** Whether the page has navigated since the last reading. */
  private hasNavigated = false;
  private isReading = false;
  private isStopped = false;

  constructor(
    private readonly bridge: LogBridge,
    private readonly recorder: Recorder,
    private readonly joining: Joining,
    private readonly session: WatchedSession,
    private readonly onChange: () => void,
  ) {
    const { pace } = this;
    this.schedule = new ReadingSchedule({
      get received() {
        return recorder.list.received;
      },
      get isLong() {
        return pace.isLong(recorder.list.received, joining.readOnly.open > 0);
      },
      get usedAt() {
        return bridge.usedAt();
      },
      whenVisible: (callback) => bridge.whenVisible(callback),
      read: () => void this.read(),
    });
  }

  get entries(): readonly LoggedSocket[] {
    return this.lastRead;
  }

  start(): void {
    this.bridge.onScript?.(() => this.schedule.readIn(SCRIPT_DELAY));
    this.schedule.readIn(START_DELAY);
  }

  stop(): void {
    this.isStopped = true;
    this.schedule.stop();
  }

  socketCame(): void {
    this.schedule.readIn(JOIN_DELAYS[0] ?? 0);
  }

  sought(socket: PanelSocket): void {
    if (this.joining.wanted.ask(socket)) this.schedule.readNow();
  }

  pageLeft(): void {}

  pageChanged(): void {
    this.workers = new Set();
    this.lastRead = [];
    this.pace.quicken();
    this.pace.took(0, this.recorder.list.received);
    this.hasNavigated = true;
    this.schedule.readIn(START_DELAY);
  }

  private async read(): Promise<void> {
    if (this.isReading) return this.schedule.readIn(SHORTEST_INTERVAL);
    this.isReading = true;
    const start = performance.now();
    const value = await this.bridge.readNetworkLog?.().catch(() => undefined);
    if (!this.isStopped) this.take(readNetworkLog(value, this.bridge.origin));
    this.pace.took(performance.now() - start, this.recorder.list.received);
    this.isReading = false;
    this.schedule.rest(this.pace.rest(this.joining.readOnly.open > 0));
    this.plan();
    this.onChange();
  }

  private take(log: NetworkLog): void {
    const { readOnly, settled, wanted } = this.joining;
    this.pace.heed(`${log.sockets.length} ${log.workers.size} ${readOnly.frames}`);
    this.workers = log.workers;
    this.lastRead = log.sockets.map((entry) => ({ ...entry, messages: undefined }));
    readOnly.keep(log.sockets, this.hasNavigated);
    this.hasNavigated = false;
    const owners = this.joining.join(log.sockets);
    wanted.notFound(JOIN_DELAYS.length);
    for (const entry of log.sockets) {
      if (owners.has(entry) || settled.has(entry.key)) continue;
      const reason = reasonToList(entry, this.pageFacts(), readOnly.has(entry));
      if (reason) readOnly.take(entry, reason);
    }
    settled.keepOnly(new Set(log.sockets.map(({ key }) => key)));
  }

  private pageFacts() {
    const { obstacle, capturedSince } = this.session;
    return { obstacle, capturedSince, workers: this.workers };
  }

  /** Plans the next reading, if there is to be one. */
  private plan(): void {
    const { readOnly, wanted } = this.joining;
    for (const tries of wanted.triesSoFar()) this.schedule.readIn(JOIN_DELAYS[tries] ?? 0);
    const { obstacle } = this.session;
    const mayAppear = this.workers.size > 0 || obstacle === 'no-hook' || obstacle === 'looking';
    if (readOnly.open > 0) this.schedule.readIn(this.pace.interval('open'));
    else if (mayAppear) this.schedule.readIn(this.pace.interval('possible'));
  }
}
