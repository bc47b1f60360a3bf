import { afterEach, beforeEach, expect, vi } from 'vitest';
import { NetworkWatch } from '../../../../src/panel/session/network/network-watch.ts';
import type { PanelSocket } from '../../../../src/panel/session/recording/sockets.ts';
import { Session } from '../../../../src/panel/session/session.ts';
import { FrameKind } from '../../../../src/protocol/frames.ts';
import { tallyFrames } from '../../../../src/store/ledger.ts';
import { type Carriage, FakeBridge, type FakeDocument } from '../../helpers/fake-bridge.ts';
import type { Page } from '../../helpers/page.ts';

/** Longer than all attempts to connect again together. */
export const AGES = 60_000;

/** Frames that a page keeps while no panel is open. */
export const HISTORY = 10_000;

/** A document that is connected, and its socket. */
export interface LiveDocument extends ReturnType<Page['watchedSocket']> {
  readonly document: FakeDocument;
  readonly page: Page;
}

/** ms; no wait on the way of a frame is longer than {@link MOMENTS} of them, but for the first ones, which wait for other documents. */
const MOMENT = 16;
const MOMENTS = 8;
const FIRST_MOMENTS = 54;

/** A session over a bridge that a test holds in its hands. Timers must be faked. */
export class SessionWorld {
  readonly bridge: FakeBridge;
  readonly session: Session;
  changes = 0;
  private readonly leaving = new AbortController();

  /** @param bridge of another panel on the same tab */
  constructor(carriage: Carriage = 'structured-clone', bridge = new FakeBridge(carriage)) {
    this.bridge = bridge;
    this.session = new Session(this.bridge, () => {
      this.changes++;
    });
    this.session.start(this.leaving.signal);
    this.session.watchNetwork(NetworkWatch, this.leaving.signal);
  }

  end(): void {
    this.leaving.abort();
  }

  /** Opens a document with one open socket, and lets the session hear of both. */
  openLive(document = 'a', frameId = 0): LiveDocument {
    const opened = this.bridge.open(document, frameId);
    const { socket, tap } = opened.page.watchedSocket();
    socket.serverOpens();
    this.deliver();
    return { document: opened, page: opened.page, socket, tap };
  }

  /** Lets all messages arrive, those too that wait for a moment: acknowledgements, and what a late panel sorts first. */
  deliver(): void {
    const isOver = (moment: number) =>
      moment >= (this.session.recorder.list.isHolding ? FIRST_MOMENTS : MOMENTS);
    for (let moment = 0; !isOver(moment); moment++) {
      this.bridge.network.run();
      vi.advanceTimersByTime(MOMENT);
    }
  }

  /** Lets time pass and all messages arrive. */
  async pass(ms: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms);
    this.deliver();
    await vi.advanceTimersByTimeAsync(0);
  }

  get store() {
    return this.session.recorder.store;
  }

  /** Payloads of messages, names of events and gaps, in the order of the rows. */
  rows(): string[] {
    const { store } = this;
    return Array.from({ length: store.endRow - store.firstRow }, (_, index) => {
      const row = store.firstRow + index;
      const gap = store.gap(row);
      if (gap) return `gap of ${gap.frames}: ${gap.reason}`;
      const names = Object.entries(FrameKind);
      return String(store.payload(row) ?? names.find(([, kind]) => kind === store.kind(row))?.[0]);
    });
  }

  sockets(): PanelSocket[] {
    return this.session.recorder.sockets.visible();
  }

  socket(index = 0): PanelSocket {
    const socket = this.sockets()[index];
    if (!socket) throw new RangeError(`no socket ${index}`);
    return socket;
  }

  /**
   * The ledger is true, in total and for each socket: what was observed is stored, dropped for a reason or in flight, and what is said to
   * be stored and dropped is in the rows.
   */
  expectTrueLedger(): void {
    const { observed, stored, dropped, droppedBy, inFlight } = this.session.totals();
    expect(observed, 'in total').toBe(stored + dropped + inFlight);
    expect([...droppedBy.values()].reduce((sum, frames) => sum + frames, 0)).toBe(dropped);
    const { store } = this;
    let rows = 0;
    for (let row = store.firstRow; row < store.endRow; row++) if (!store.gap(row)) rows++;
    expect(rows, 'rows').toBe(stored);
    for (const { record, ledger } of this.session.recorder.sockets.all()) {
      const sum = tallyFrames(ledger.stored) + ledger.droppedFrames() + tallyFrames(ledger.cleared);
      expect(ledger.observed(), record.url).toBe(sum + ledger.inFlight());
      expect(Math.min(...Object.values(ledger.stored)), record.url).toBeGreaterThanOrEqual(0);
    }
  }

  /** As {@link expectTrueLedger}, and what each page has truly observed is what the panel says. */
  expectWholeLedger(...pages: readonly Page[]): void {
    this.expectTrueLedger();
    const truth = pages.flatMap(({ taps }) => {
      const observed: number[] = [];
      for (let tap = taps.first; tap; tap = tap.later) observed.push(tap.observed);
      return observed;
    });
    expect(this.session.recorder.sockets.all().map(({ ledger }) => ledger.observed())).toEqual(truth);
    expect(this.session.totals().observed).toBe(truth.reduce((sum, frames) => sum + frames, 0));
  }

  /** Frames of all sockets that are accounted for. */
  accounted(): number {
    return this.sockets().reduce((sum, { ledger }) => sum + tallyFrames(ledger.accounted()), 0);
  }
}

/** Gives each test a session of its own, on fake timers. */
export function inSessionWorld(use: (world: SessionWorld) => void): void {
  let world: SessionWorld;
  beforeEach(() => {
    vi.useFakeTimers();
    world = new SessionWorld();
    use(world);
  });
  afterEach(() => {
    world.end();
    vi.useRealTimers();
  });
}
