import { signal } from '@preact/signals';
import type { JsonDocument } from '../../decoders/json.ts';
import type { FrameStore } from '../../store/frame-store.ts';
import type { Vault } from '../../store/vault/vault.ts';
import { wholeNumber } from '../format.ts';
import { t } from '../i18n.ts';
import type { Bridge, OpenSource, WorkerSwitch, WorkerSwitchState } from '../session/bridge.ts';
import type { Cleared } from '../session/cleared.ts';
import type { CommandRefusal } from '../session/document-link.ts';
import type { Obstacle } from '../session/obstacle.ts';
import type { ReplayStep } from '../session/replay.ts';
import type { PanelAction, Session } from '../session/session.ts';
import type { PanelSocket } from '../session/sockets.ts';
import { SETTINGS } from '../settings/schema.ts';
import { Settings } from '../settings/settings.ts';
import type { Turns } from '../turns.ts';
import { spillTroubleText } from '../words.ts';
import type { TaskWorker } from '../worker/attempt.ts';
import type { JsonWorker } from '../worker/json-messages.ts';
import { Columns } from './columns.ts';
import { Composer } from './composer/composer.ts';
import { Filter } from './filter.ts';
import type { FindQuery } from './find-query.ts';
import { isMessage, isReceived } from './frame-kinds.ts';
import type { LatencyWatch } from './latency-watch.ts';
import { Preparation } from './preparation.ts';
import { Replayer } from './replayer.ts';
import { searchHelpers } from './search-helpers.ts';
import { Selection } from './selection.ts';
import type { SocketLine } from './sockets/socket-lines.ts';
import { SocketShelf } from './sockets/socket-shelf.ts';
import { Transfers } from './transfers.ts';
import { shownTypesTerm } from './types/shown-types-term.ts';
import { Undo, type Undoable } from './undo.ts';
import { ViewActions } from './view-actions.ts';

export type DetailTab = 'preview' | 'raw' | 'hex' | 'diff' | 'info';

export type PanelDialog = 'palette' | 'keys' | 'settings';

/** What a person is told after an action; it stays until the next one. */
export interface Notice {
  readonly tone: 'good' | 'bad';
  readonly text: string;
  /** What it is about, where that can be taken back. */
  readonly undoable?: Undoable;
}

/** What the model needs of the page that it is in. */
export interface Surroundings {
  /** Asks to be called before the next picture is drawn; a hidden panel is not called. */
  readonly schedule: (paint: () => void) => void;
  readonly turns: Turns;
  readonly startWorker: () => TaskWorker;
  readonly startJsonWorker: () => JsonWorker;
}

/** More rows than this at once, and more than one a millisecond: nobody can read them. */
const FLOOD = { rows: 20, rowsPerMs: 1 };
/** ms between two pictures then: drawing the list 60 times a second would take the time that the page needs. */
const FLOOD_INTERVAL = 300;

/**
 * The state behind the views. What arrives from pages is not reactive by itself: {@link revision} rises once a picture at
 * the most, however much has come in, and the views read what they show when it does.
 */
export class PanelModel {
  readonly settings = new Settings();
  readonly revision = signal(0);
  readonly obstacle = signal<Obstacle>('looking');
  readonly filter: Filter;
  readonly shelf: SocketShelf;
  readonly selection = new Selection();
  readonly columns = new Columns(this.settings.of(SETTINGS.columns));
  readonly composer = new Composer();
  readonly replayer = new Replayer();
  readonly transfers = new Transfers(this);
  readonly undo = new Undo();
  readonly viewActions = new ViewActions();
  readonly tab = signal<DetailTab>('preview');
  /** The dialog over everything, if one is open. */
  readonly dialog = signal<PanelDialog | undefined>(undefined);
  readonly notice = signal<Notice | undefined>(undefined);
  readonly isPaused = signal(false);
  /** Whether sockets of workers are captured, and of which site; undefined where that cannot be chosen. */
  readonly workers = signal<WorkerSwitchState | undefined>(undefined);
  /** Whether payloads that find no place in memory may go to the disk. */
  readonly hasDisk = signal(false);
  /** Socket that the composer and a replay act on; undefined follows the selection. */
  readonly chosenTarget = signal<number | undefined>(undefined);
  /** Undefined until somebody wants to see them. */
  latencies: LatencyWatch | undefined;
  private readonly preparation: Preparation;
  /** All attempts of a folded line are shown, and the next one is to be shown with them. */
  followsReconnects = false;
  /** Times that the find bar has been asked for since it was closed; 0 while it is. */
  readonly findRequests = signal(0);
  /** What was last looked for in the frames. */
  readonly findQuery = signal<FindQuery>({ text: '', isRegex: false, matchesCase: false });
  /** The row that the list is to bring into sight, once. */
  readonly sought = signal<{ readonly row: number } | undefined>(undefined);
  /** The row whose note is being written. */
  readonly notedRow = signal<number | undefined>(undefined);
  private paintIsDue = false;
  /** Set while a picture is put off. */
  private paintTimer: ReturnType<typeof setTimeout> | undefined;
  private isFlooded = false;
  private paintedAt = 0;
  private paintedRows = 0;

  constructor(
    readonly session: Session,
    private readonly bridge: Pick<Bridge, 'origin' | 'openSource' | 'workers' | 'isPrivate'>,
    readonly surroundings: Surroundings,
  ) {
    session.recorder.onTrouble = (trouble) => this.tell('bad', spillTroubleText(trouble));
    const { turns, startWorker } = surroundings;
    this.preparation = new Preparation(turns);
    this.filter = new Filter(session.recorder.store, {
      socketOf: (number) => this.session.recorder.sockets.get(number),
      isHidden: (socket) => this.shelf.marks.of(socket).isHidden,
      shownTypes: () => this.settings.of(SETTINGS.shownTypes).value,
      typeField: () => this.settings.of(SETTINGS.typeField).value,
      helpers: searchHelpers(startWorker, turns),
      turns,
      onChange: (isUrgent) => this.draw(isUrgent),
    });
    this.shelf = new SocketShelf(this.settings, () => this.sockets(), {
      onSecond: () => this.draw(),
      onMark: () => {
        this.leaveUnlistedSocket();
        this.filter.setHiding(this.shelf.hidden().length > 0);
        this.draw(true);
      },
    });
    this.useSettings();
    bridge.workers?.onSwitched((state) => {
      const before = this.workers.value;
      this.workers.value = state;
      const isOff = before?.isOn && state?.isOn === false && before.site === state.site;
      if (isOff && state.site !== undefined) this.tell('good', t('workersOff', state.site));
    });
  }

  /** Begins the addresses of our own scripts in call stacks. */
  get ownOrigin(): string {
    return this.bridge.origin;
  }

  /** What can be done about workers is a matter of all pages (Firefox) or of one site (Chrome); undefined where nothing can. */
  get workerScope(): WorkerSwitch['scope'] | undefined {
    return this.bridge.workers?.scope;
  }

  /** Shows a place in a script; undefined where DevTools cannot. */
  get openSource(): OpenSource | undefined {
    return this.bridge.openSource;
  }

  /** Whether what is seen here is not to be written down. */
  isPrivate(): Promise<boolean> {
    return this.bridge.isPrivate();
  }

  get store(): FrameStore {
    return this.session.recorder.store;
  }

  get turns(): Turns {
    return this.surroundings.turns;
  }

  /** Selects a row and brings it into sight. */
  show(row: number): void {
    this.selection.select(row);
    this.sought.value = { row };
  }

  /** Something has changed; the views hear of it with the next picture, or a little later where too much is new to be read. */
  touch(): void {
    this.filter.goOn();
    this.draw();
  }

  /** All sockets to be listed. */
  sockets(): PanelSocket[] {
    return this.session.recorder.sockets.visible();
  }

  socketOf(row: number): PanelSocket | undefined {
    return this.session.recorder.sockets.get(this.store.socket(row));
  }

  /** The socket that messages go to: the one chosen, else the one of the frame or list selection, else the only one open. */
  target(): PanelSocket | undefined {
    const { sockets } = this.session.recorder;
    const chosen = sockets.get(this.chosenTarget.value ?? -1);
    if (chosen) return chosen;
    const listed = sockets.get(this.filter.socket.value ?? -1);
    if (listed) return this.standInFor(listed) ?? listed;
    const focus = this.selection.focus.value;
    const focused = focus === undefined ? undefined : this.socketOf(focus);
    if (focused) return this.standInFor(focused) ?? focused;
    return this.sockets().find((socket) => socket.isOpen && !socket.readOnly);
  }

  /** The socket that takes messages in place of one from a file: one that is open to the same address, else any open one. */
  standInFor(socket: PanelSocket): PanelSocket | undefined {
    if (socket.readOnly !== 'imported') return undefined;
    const open = this.sockets().filter((other) => other.isOpen && !other.readOnly);
    return open.findLast(({ record }) => record.url === socket.record.url) ?? open.at(-1);
  }

  /** Looks for a socket's handshake where it is not known. */
  wantHandshake(socket: PanelSocket): void {
    this.session.wantHandshake(socket);
  }

  /** True once a socket's handshake has been looked for in vain. */
  isHandshakeAbsent(socket: PanelSocket): boolean {
    return socket.readOnly === 'imported' || this.session.isHandshakeAbsent(socket);
  }

  showSocket(number: number | undefined): void {
    this.showAttempts(number, []);
  }

  /** Shows the rows of a line of the list alone: those of all attempts that it stands for, and of those to come. */
  showLine({ socket, earlier, isOpen }: SocketLine): void {
    this.showAttempts(socket.number, isOpen ? [] : earlier.map(({ number }) => number));
  }

  private showAttempts(newest: number | undefined, earlier: readonly number[]): void {
    this.followsReconnects = earlier.length > 0;
    this.filter.showSocket(newest, earlier);
    this.chosenTarget.value = undefined;
    this.selection.clear();
  }

  /** Empties the list; with an empty one, what was cleared before is gone for good. */
  clear(): void {
    const { session } = this;
    const frames = session.totals().stored;
    const cleared = session.clear();
    this.selection.clear();
    if (frames === 0) {
      session.recorder.forgetCleared();
      return;
    }
    const undoable = {
      undo: () => this.restore(cleared),
      forget: () => session.recorder.forgetCleared(cleared),
    };
    session.recorder.onClearedGone = (gone) => gone === cleared && this.undo.withdraw(undoable);
    this.tellUndoable(frames === 1 ? t('clearedOne') : t('cleared', wholeNumber(frames)), undoable);
  }

  private restore(cleared: Cleared): void {
    this.selection.clear();
    if (this.session.restore(cleared)) this.tell('good', t('clearedBack'));
  }

  setPaused(paused: boolean): void {
    this.isPaused.value = paused;
    this.session.isPaused = paused;
  }

  /** Takes effect once a person has agreed. */
  setCapturesWorkers(isOn: boolean): void {
    this.bridge.workers?.set(isOn);
  }

  /** Sites on which workers are captured; undefined where it is not a matter of sites. */
  workerSites(): readonly string[] | undefined {
    return this.bridge.workers?.sites?.();
  }

  forgetWorkerSite(site: string): void {
    this.bridge.workers?.forget?.(site);
  }

  /** From now on payloads that find no place in memory go to the disk. */
  useDisk(openVault: () => Vault | undefined): void {
    this.session.recorder.openVault = openVault;
    this.hasDisk.value = true;
  }

  /** Reads a large JSON text without holding anything up. @returns undefined once the signal is aborted */
  async readJson(text: string, signal: AbortSignal): Promise<JsonDocument | undefined> {
    const { turns, startJsonWorker } = this.surroundings;
    const { readJson } = await import('../worker/read-json.ts');
    return readJson(text, { startWorker: startJsonWorker, breathe: () => new Promise(turns) }, signal);
  }

  tell(tone: Notice['tone'], text: string): void {
    this.notice.value = { tone, text };
  }

  /** Says what has been done, and offers to undo it for a while. */
  tellUndoable(text: string, undoable: Undoable): void {
    this.undo.add(undoable);
    this.notice.value = { tone: 'good', text, undoable };
  }

  run(socket: PanelSocket, action: PanelAction): Promise<CommandRefusal | undefined> {
    return this.session.run(socket, action);
  }

  /** Steps for replaying the selected messages that are still whole. */
  async replaySteps(): Promise<ReplayStep[]> {
    const { store } = this;
    const received = this.replayer.received.value;
    const steps: ReplayStep[] = [];
    for (const row of this.selection.rows(this.filter.view)) {
      const kind = store.kind(row);
      const isSkipped = isReceived(kind) && received === 'skip';
      if (!isMessage(kind) || isSkipped) continue;
      const payload = store.payload(row) ?? (await store.load(row));
      if (payload === undefined) continue;
      const action = isReceived(kind) && received === 'inject' ? 'inject' : 'send';
      steps.push({ action, payload: commandPayload(payload), time: store.time(row) });
    }
    return steps;
  }

  private useSettings(): void {
    const { session, settings } = this;
    this.composer.format.value = settings.of(SETTINGS.composerFormat).value;
    settings.of(SETTINGS.limits).subscribe((limits) => {
      session.limits = limits;
      this.draw();
    });
    settings.of(SETTINGS.columns).subscribe(() => this.draw());
    settings.of(SETTINGS.shownTypes).subscribe(() => this.showTypes());
    settings.of(SETTINGS.typeField).subscribe(() => this.showTypes());
    settings.of(SETTINGS.recordsStacks).subscribe((recorded) => {
      session.recordsStacks = recorded;
    });
    settings.of(SETTINGS.preservesLog).subscribe((preserve) => {
      session.preserveLog = preserve;
    });
  }

  /** All are shown already in a list that has just been made, and what types are called by matters to what asks for them alone. */
  private showTypes(): void {
    if (this.filter.isActive || shownTypesTerm(this.settings.of(SETTINGS.shownTypes).value))
      this.filter.showTypes();
    else this.draw();
  }

  /** @param isUrgent a person waits for it: it comes with the next picture also where too much is new to be read */
  private draw(isUrgent = false): void {
    if (this.paintIsDue && !(isUrgent && this.paintTimer !== undefined)) return;
    this.paintIsDue = true;
    clearTimeout(this.paintTimer);
    const schedule = () => {
      this.paintTimer = undefined;
      this.surroundings.schedule(() => this.paint());
    };
    const wait = this.isFlooded && !isUrgent ? this.paintedAt + FLOOD_INTERVAL - performance.now() : 0;
    if (wait <= 0) schedule();
    else this.paintTimer = setTimeout(schedule, wait);
  }

  private paint(): void {
    this.paintIsDue = false;
    const now = performance.now();
    const rows = this.store.endRow - this.paintedRows;
    this.isFlooded = rows > FLOOD.rows && rows > (now - this.paintedAt) * FLOOD.rowsPerMs;
    this.paintedRows = this.store.endRow;
    this.paintedAt = now;
    this.filter.useStore(this.store);
    this.shelf.rates.look();
    this.followSockets();
    this.filter.extend();
    const focus = this.selection.focus.value;
    if (focus !== undefined && (focus < this.store.firstRow || focus >= this.store.endRow)) {
      this.selection.clear();
    }
    this.leaveUnlistedSocket();
    this.preparation.consider(this.store);
    if (this.columns.isShown('latency'))
      void import('./latency-watch.ts').then((it) => it.watchLatencies(this));
    this.obstacle.value = this.session.obstacle;
    this.revision.value++;
  }

  /** New sockets may be attempts of the one that is shown, or to an endpoint that is hidden. */
  private followSockets(): void {
    const { filter } = this;
    const hides = this.shelf.hidden().length > 0;
    if (hides !== filter.isHiding) filter.setHiding(hides);
    if (!this.followsReconnects) return;
    const next = this.sockets().find(({ lineage }) => lineage.predecessor === filter.socket.value);
    if (next) filter.showNextAttempt(next.number);
  }

  /** The socket that is shown alone may have gone with its page, or with a click on Clear, or been hidden. */
  private leaveUnlistedSocket(): void {
    const shown = this.filter.socket.value;
    if (shown === undefined || this.shelf.shown().some(({ number }) => number === shown)) return;
    this.showSocket(undefined);
  }
}

/**
 * A payload as commands carry it.
 * The copy of bytes has a buffer of its own: a view would take the whole batch with it.
 */
export function commandPayload(payload: string | Uint8Array) {
  return typeof payload === 'string'
    ? ({ type: 'text', text: payload } as const)
    : ({ type: 'binary', bytes: payload.slice() } as const);
}
