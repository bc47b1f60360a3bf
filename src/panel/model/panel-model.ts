import { signal } from '@preact/signals';
import type { FrameStore } from '../../store/frame-store.ts';
import type { Vault } from '../../store/vault/vault.ts';
import type { Turns } from '../platform/turns.ts';
import type { Bridge, OpenSource, WorkerSwitch, WorkerSwitchState } from '../session/browser/bridge.ts';
import type { CommandRefusal } from '../session/documents/commands-under-way.ts';
import type { Obstacle } from '../session/documents/obstacle.ts';
import type { PanelSocket } from '../session/recording/sockets.ts';
import type { PanelAction, Session } from '../session/session.ts';
import { SETTINGS } from '../settings/schema.ts';
import { Settings } from '../settings/settings.ts';
import { t } from '../words/i18n.ts';
import { spillTroubleText } from '../words/words.ts';
import type { TaskWorker } from '../worker/attempt.ts';
import { Replayer } from './acting/replayer.ts';
import { Columns } from './columns/columns.ts';
import { Composer } from './composer/composer.ts';
import { LargePayloads, type LargePayloadWorkers } from './detail/large-payloads.ts';
import { Transfers } from './files/transfers.ts';
import { Filter } from './filter/filter.ts';
import { filterEngine } from './filter/filter-loader.ts';
import { Preparation } from './filter/preparation.ts';
import { searchHelpers } from './filter/search-helpers.ts';
import type { FindQuery } from './find/find-query.ts';
import type { LatencyWatch } from './frames/latency-watch.ts';
import { Selection } from './frames/selection.ts';
import { PicturePace } from './picture-pace.ts';
import { ShownLine } from './sockets/shown-line.ts';
import { SocketShelf } from './sockets/socket-shelf.ts';
import { shownTypesTerm } from './types/shown-types-term.ts';
import { Undo, type Undoable } from './undo/undo.ts';
import { ViewActions } from './view-actions.ts';

export type DetailTab = 'preview' | 'raw' | 'hex' | 'diff' | 'info';

export type PanelDialog = 'palette' | 'keys' | 'settings';

/** The message to the user after an action. It stays until the next one. */
export interface Notice {
  readonly tone: 'good' | 'bad';
  readonly text: string;
  /** How to undo the action, if that is possible. */
  readonly undoable?: Undoable;
}

/** What the model needs from the page in which it runs. */
export interface Surroundings extends LargePayloadWorkers {
  /** Calls back before the next repaint; never while the panel is hidden. */
  readonly schedule: (paint: () => void) => void;
  readonly startWorker: () => TaskWorker;
}

/**
 * The state behind the views. What arrives from pages is not reactive by itself: {@link revision} rises once a picture at
 * the most, however much has come in, and the views read what they show when it does.
 */
export class PanelModel {
  readonly settings = new Settings();
  readonly revision = signal(0);
  /** Rises with {@link revision}, but not where only a search has found more: for views that show nothing of what it finds. */
  readonly recorded = signal(0);
  /** Since the last picture something has changed that is not what a search has found. */
  private hasNews = false;
  readonly obstacle = signal<Obstacle>('looking');
  readonly filter: Filter;
  readonly shelf: SocketShelf;
  readonly shownLine: ShownLine;
  readonly selection = new Selection();
  readonly columns = new Columns(this.settings.of(SETTINGS.columns));
  readonly composer = new Composer();
  readonly replayer = new Replayer();
  readonly transfers = new Transfers(this);
  readonly undo = new Undo();
  readonly largePayloads: LargePayloads;
  readonly viewActions = new ViewActions();
  readonly tab = signal<DetailTab>('preview');
  /** The open modal dialog, if there is one. */
  readonly dialog = signal<PanelDialog | undefined>(undefined);
  readonly notice = signal<Notice | undefined>(undefined);
  readonly isPaused = signal(false);
  /** Whether sockets of workers are captured, and of which site; undefined where that cannot be chosen. */
  readonly workers = signal<WorkerSwitchState | undefined>(undefined);
  /** Whether payloads that do not fit into memory may be moved to the disk. */
  readonly hasDisk = signal(false);
  /** Socket that the composer and a replay act on; undefined follows the selection. */
  readonly chosenTarget = signal<number | undefined>(undefined);
  /** Undefined until they are shown for the first time. */
  latencies: LatencyWatch | undefined;
  private readonly preparation: Preparation;
  private readonly pace: PicturePace;
  /** How often the find bar has been opened or asked for since it was last closed; 0 while it is closed. */
  readonly findRequests = signal(0);
  /** The last search in the frames. */
  readonly findQuery = signal<FindQuery>({ text: '', isRegex: false, matchesCase: false });
  /** The row that the list is to scroll to, once. */
  readonly sought = signal<{ readonly row: number } | undefined>(undefined);
  /** The row whose note is being edited. */
  readonly notedRow = signal<number | undefined>(undefined);

  constructor(
    readonly session: Session,
    private readonly bridge: Pick<Bridge, 'origin' | 'openSource' | 'workers' | 'isPrivate'>,
    readonly surroundings: Surroundings,
  ) {
    this.settings.onUnkept = () => this.tell('bad', t('savedNotKept'));
    session.recorder.list.onTrouble = (trouble) => this.tell('bad', spillTroubleText(trouble));
    const { turns, startWorker } = surroundings;
    this.largePayloads = new LargePayloads(surroundings);
    this.pace = new PicturePace({
      schedule: surroundings.schedule,
      rows: () => this.store.endRow,
      paint: () => this.paint(),
      afterwards: turns,
    });
    this.preparation = new Preparation(turns);
    this.filter = new Filter(session.recorder.store, {
      socketOf: (number) => this.session.recorder.sockets.get(number),
      isHidden: (socket) => this.shelf.marks.of(socket).isHidden,
      shownTypes: () => this.settings.of(SETTINGS.shownTypes).value,
      typeField: () => this.settings.of(SETTINGS.typeField).value,
      helpers: searchHelpers(startWorker, turns),
      turns,
      onChange: (isUrgent) => this.pace.ask(isUrgent),
    });
    this.shelf = new SocketShelf(this.settings, () => this.sockets(), {
      onSecond: () => this.ask(),
      onMark: () => {
        this.shownLine.leaveUnlisted();
        this.filter.setHiding(this.shelf.hidden().length > 0);
        this.ask(true);
      },
    });
    this.shownLine = new ShownLine(this.filter, this.shelf, () => {
      this.chosenTarget.value = undefined;
      // Among all frames the one that is being read is seen in its context.
      if (this.filter.socket.value !== undefined) this.selection.clear();
    });
    this.useSettings();
    this.followWorkerSwitch();
  }

  /** Origin of our own scripts, as it appears in call stacks. */
  get ownOrigin(): string {
    return this.bridge.origin;
  }

  /** Switches the capture of workers' sockets; undefined where nothing can be done about them. */
  get workerSwitch(): WorkerSwitch | undefined {
    return this.bridge.workers;
  }

  /** Opens a place in a script; undefined if DevTools cannot do that. */
  get openSource(): OpenSource | undefined {
    return this.bridge.openSource;
  }

  /** Whether nothing of what is shown may be stored (private windows). */
  isPrivate(): Promise<boolean> {
    return this.bridge.isPrivate();
  }

  get store(): FrameStore {
    return this.session.recorder.store;
  }

  get turns(): Turns {
    return this.surroundings.turns;
  }

  /** Selects a row and scrolls to it. */
  show(row: number): void {
    this.selection.select(row);
    this.sought.value = { row };
  }

  /**
   * Something has changed; the views hear of it with the next picture, or a little later where too much is new to be read.
   * @param isUrgent the user is waiting for it
   */
  touch(isUrgent = false): void {
    this.filter.goOn();
    this.ask(isUrgent);
  }

  /** All sockets to be listed. */
  sockets(): PanelSocket[] {
    return this.session.recorder.sockets.visible();
  }

  socketOf(row: number): PanelSocket | undefined {
    return this.session.recorder.sockets.get(this.store.socket(row));
  }

  /** True once a socket's handshake has been looked for in vain. */
  isHandshakeAbsent(socket: PanelSocket): boolean {
    return socket.readOnly === 'imported' || this.session.isHandshakeAbsent(socket);
  }

  setPaused(paused: boolean): void {
    this.isPaused.value = paused;
    this.session.isPaused = paused;
    // What came last before a pause is seen at once: a list that goes on for a while looks as if it had not been paused.
    this.ask(true);
  }

  /** From now on payloads that find no place in memory go to the disk. */
  useDisk(openVault: () => Vault | undefined): void {
    this.session.recorder.list.openVault = openVault;
    this.hasDisk.value = true;
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

  private ask(isUrgent = false): void {
    this.hasNews = true;
    this.pace.ask(isUrgent);
  }

  private useSettings(): void {
    const { session, settings } = this;
    this.composer.format.value = settings.of(SETTINGS.composerFormat).value;
    settings.of(SETTINGS.limits).subscribe((limits) => {
      session.limits = limits;
      this.ask();
    });
    settings.of(SETTINGS.columns).subscribe(() => this.ask());
    settings.of(SETTINGS.shownTypes).subscribe(() => this.showTypes());
    settings.of(SETTINGS.typeField).subscribe(() => this.showTypes());
    settings.of(SETTINGS.readings).subscribe((readings) => {
      session.recorder.sockets.readAs(new Map(readings.map(({ endpoint, reading }) => [endpoint, reading])));
      filterEngine()?.forgetTypes(this.store);
      this.showTypes();
    });
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
    else this.ask();
  }

  private followWorkerSwitch(): void {
    this.bridge.workers?.onSwitched((state) => {
      const before = this.workers.value;
      this.workers.value = state;
      const isOff = before?.isOn && state?.isOn === false && before.site === state.site;
      if (isOff && state.site !== undefined) this.tell('good', t('workersOff', state.site));
    });
  }

  /** Another list has begun, whose rows are others. */
  private leaveRows(): void {
    this.selection.clear();
    this.notedRow.value = undefined;
  }

  private paint(): void {
    if (this.filter.useStore(this.store)) this.leaveRows();
    this.shelf.rates.look();
    this.shownLine.follow(this.sockets());
    this.filter.extend();
    const focus = this.selection.focus.value;
    if (focus !== undefined && (focus < this.store.firstRow || focus >= this.store.endRow)) {
      this.selection.clear();
    }
    this.shownLine.leaveUnlisted();
    this.preparation.consider(this.store);
    if (this.columns.isShown('latency'))
      void import('./frames/latency-watch.ts').then((it) => it.watchLatencies(this));
    this.obstacle.value = this.session.obstacle;
    if (this.hasNews) this.recorded.value++;
    this.hasNews = false;
    this.revision.value++;
  }
}
