import { afterEach, beforeEach, vi } from 'vitest';
import { NetworkWatch } from '../../../../../../src/panel/session/network/network-watch.ts';
import { startOfDocument } from '../../../../../../src/panel/session/recording/progress.ts';
import type { PanelSocket } from '../../../../../../src/panel/session/recording/sockets.ts';
import { Session } from '../../../../../../src/panel/session/session.ts';
import { FrameKind } from '../../../../../../src/protocol/frames.ts';
import type { SocketRecord } from '../../../../../../src/protocol/sockets.ts';
import { emptyTally } from '../../../../../../src/store/ledger.ts';
import { FakeBridge } from '../../../../helpers/fake-bridge.ts';
import { batchOf, type PlainFrame, socketRecord } from '../../../../helpers/frames.ts';
import { speakEnglish } from '../../../../helpers/language.ts';
import { type EntryParts, socketEntry } from '../entries.ts';

export const WORKER = 'https://example.test/worker.js';
/** ms since the epoch */
export const START = 1_700_000_000_000;

/** A session with a page in it, whose sockets a test writes down itself. */
export class NetworkWorld {
  readonly bridge = new FakeBridge();
  readonly session: Session;
  private readonly document;
  private readonly leaving = new AbortController();
  private readonly progress = startOfDocument();
  private sockets = 0;

  constructor(prepare: (bridge: FakeBridge) => void = () => undefined) {
    prepare(this.bridge);
    this.session = new Session(this.bridge, () => undefined);
    this.session.start(this.leaving.signal);
    this.session.watchNetwork(NetworkWatch, this.leaving.signal);
    const { identity } = this.bridge.open('page');
    this.document = { identity, isGone: false };
    this.deliver();
  }

  end(): void {
    this.leaving.abort();
  }

  log(...entries: object[]): void {
    this.bridge.networkLog = { entries };
  }

  /** A socket that the hook has captured. */
  capture(parts: Parameters<typeof socketRecord>[0] = {}) {
    const record = socketRecord({ createdAt: START, openedAt: START + 10, ...parts, id: ++this.sockets });
    this.session.recorder.updateSockets(this.document, [record]);
    const socket = this.session.recorder.sockets.find(this.document, record.id);
    if (!socket) throw new RangeError('no socket');
    return socket;
  }

  change({ record }: PanelSocket, parts: Partial<SocketRecord>): void {
    this.session.recorder.updateSockets(this.document, [{ ...record, ...parts }]);
  }

  /** Frames of captured sockets, as their page tells of them. */
  say(...frames: (PlainFrame & { readonly of: PanelSocket })[]): void {
    const { recorder } = this.session;
    const { document, progress } = this;
    const gone = emptyTally();
    progress.observed += frames.length;
    for (const socket of new Set(frames.map(({ of }) => of))) {
      const observed = socket.ledger.said + frames.filter(({ of }) => of === socket).length;
      recorder.takeCounts(document, progress, [{ socket: socket.record.id, observed, gone }]);
    }
    const named = frames.map(({ of, ...frame }) => ({ ...frame, socket: of.record.id }));
    recorder.takeFrames(document, progress, batchOf(named, progress.nextSeq));
  }

  async pass(ms: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms);
    this.deliver();
    await vi.advanceTimersByTimeAsync(0);
  }

  listed() {
    return this.session.recorder.sockets.visible();
  }

  readOnly() {
    return this.listed().filter((socket) => socket.readOnly);
  }

  rows(): (string | Uint8Array | undefined)[] {
    const { store } = this.session.recorder;
    const name = (kind: FrameKind) => Object.entries(FrameKind).find(([, value]) => value === kind)?.[0];
    return Array.from({ length: store.endRow }, (_, row) => store.payload(row) ?? name(store.kind(row)));
  }

  /** Of one socket. */
  rowsOf({ number }: PanelSocket): ReturnType<NetworkWorld['rows']> {
    const { store } = this.session.recorder;
    return this.rows().filter((_, row) => store.socket(row) === number);
  }

  private deliver(): void {
    this.bridge.network.run();
  }
}

/** Gives each test of a file a world of its own. */
export function inNetworkWorld(use: (world: NetworkWorld) => void): void {
  let world: NetworkWorld;
  speakEnglish();

  beforeEach(() => {
    vi.useFakeTimers({ now: START });
    world = new NetworkWorld();
    use(world);
  });

  afterEach(() => {
    world.end();
    vi.useRealTimers();
  });
}

export const ofWorker = (parts: EntryParts = {}) =>
  socketEntry({ start: START + 5, nonce: 'worker', scripts: [WORKER], ...parts });
