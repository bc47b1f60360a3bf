import { vi } from 'vitest';
// It is loaded with the first search, which a test may not live to see.
import '../../../src/panel/worker/task-runner.ts';
import { loadFilterEngine } from '../../../src/panel/model/filter/filter-loader.ts';
import { PanelModel } from '../../../src/panel/model/panel-model.ts';
import type { Bridge } from '../../../src/panel/session/browser/bridge.ts';
import { type Progress, startOfDocument } from '../../../src/panel/session/recording/progress.ts';
import type { PanelDocument, PanelSocket } from '../../../src/panel/session/recording/sockets.ts';
import { Session } from '../../../src/panel/session/session.ts';
import type { TaskWorker } from '../../../src/panel/worker/attempt.ts';
import type { SocketRecord } from '../../../src/protocol/sockets.ts';
import { batchOf, type PlainFrame, socketRecord } from './frames.ts';
import { inlineBytesWorker, inlineDiffWorker, inlineJsonWorker } from './inline-large-task-worker.ts';
import { InlineWorker } from './inline-worker.ts';

// People find it loaded: it comes with the first picture.
await loadFilterEngine();

/** A bridge behind which there is no page. */
const NOWHERE: Bridge = {
  theme: 'light',
  locale: 'en',
  origin: 'chrome-extension://framescope/',
  onThemeChanged: () => undefined,
  onDocument: () => undefined,
  onNavigated: () => undefined,
  callRoll: async () => undefined,
  connect: () => {
    throw new Error('there is nothing to connect to');
  },
  isPrivate: async () => false,
  reloadPage: () => undefined,
  mayReadPages: async () => true,
  openPermissionPage: () => undefined,
  openSource: undefined,
  readNetworkLog: async () => undefined,
  onHandshake: undefined,
  whenVisible: (callback) => callback(),
  usedAt: () => Number.NEGATIVE_INFINITY,
  text: (key) => key,
};

/** A panel's model into which a test writes what pages would report. */
export class PanelWorld {
  readonly session = new Session(NOWHERE, () => this.model.touch());
  readonly document: PanelDocument = {
    identity: { document: 'd', frameId: 0, url: 'https://example.test/page' },
    isGone: false,
  };
  startWorker: () => TaskWorker = () => new InlineWorker();
  /** What the model has asked to paint and has not painted yet. */
  private readonly paints: (() => void)[] = [];
  private readonly turns: (() => void)[] = [];
  readonly model = new PanelModel(this.session, NOWHERE, {
    schedule: (paint) => this.paints.push(paint),
    turns: (callback) => this.turns.push(callback),
    startWorker: () => this.startWorker(),
    startJsonWorker: inlineJsonWorker,
    startBytesWorker: inlineBytesWorker,
    startDiffWorker: inlineDiffWorker,
  });
  readonly progress: Progress = startOfDocument();
  /** What the page answers to all commands. */
  readonly run = vi.spyOn(this.session, 'run').mockResolvedValue(undefined);

  /** A socket of the page; open, if the test says nothing else. */
  addSocket(parts: Partial<SocketRecord> = {}): PanelSocket {
    const { sockets } = this.session.recorder;
    return sockets.update(this.document, socketRecord({ id: sockets.all().length + 1, ...parts }));
  }

  addFrames(...frames: PlainFrame[]): void {
    const batch = batchOf(frames, this.progress.nextSeq);
    this.session.recorder.takeFrames(this.document, this.progress, batch);
    this.model.touch();
    this.paint();
  }

  addTexts(...texts: string[]): void {
    this.addFrames(...texts.map((payload) => ({ payload })));
  }

  /** Draws what is due and gives the turns that were asked for, until nothing is. */
  paint(): void {
    for (let next = this.nextTask(); next; next = this.nextTask()) next();
  }

  /** What a hidden panel does: it is given turns and draws nothing. */
  takeTurns(): void {
    for (let next = this.turns.shift(); next; next = this.turns.shift()) next();
  }

  private nextTask(): (() => void) | undefined {
    return this.paints.shift() ?? this.turns.shift();
  }

  shown(): (string | Uint8Array | undefined)[] {
    const { view } = this.model.filter;
    return Array.from({ length: view.length }, (_, index) => this.model.store.payload(view.rowAt(index)));
  }
}
