import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Cleared } from '../../../../../src/panel/session/recording/cleared.ts';
import { FrameFlag, FrameKind } from '../../../../../src/protocol/frames.ts';
import { portOpening } from '../../../../../src/protocol/wire.ts';
import type { FakeDocument } from '../../../helpers/fake-bridge.ts';
import { blobOf, finishReadings } from '../../../helpers/page.ts';
import { SessionWorld } from '../session-world.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** What happens in a tab; `which` tells to what, modulo how many there are. */
type Happening =
  | {
      readonly type: 'frames' | 'text' | 'blob' | 'deliver' | 'time';
      readonly amount: number;
      readonly which: number;
    }
  /** `cut`: a connection breaks. `left`: another document comes into a frame. `taken`: another panel takes a document over. */
  | { readonly type: 'closed' | 'cut' | 'left' | 'taken'; readonly which: number }
  | { readonly type: 'read' | 'pause' | 'clear' | 'restore' | 'reconnect' };

function some(
  type: 'frames' | 'text' | 'blob' | 'deliver' | 'time',
  weight: number,
  ...amounts: readonly number[]
): fc.WeightedArbitrary<Happening> {
  const arbitrary = fc.record({
    type: fc.constant(type),
    amount: fc.constantFrom(...amounts),
    which: fc.nat(11),
  });
  return { weight, arbitrary };
}

const happening: fc.Arbitrary<Happening> = fc.oneof(
  some('frames', 5, 1, 10, 500, 3000),
  some('text', 2, 700_000, 1_500_000, 2_500_000),
  some('blob', 1, 1, 900_000),
  some('deliver', 4, 1, 5, 20, 1000),
  some('time', 2, 5, 100, 1000, 15_000),
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom<'closed' | 'cut' | 'left' | 'taken'>('closed', 'cut', 'left', 'taken'),
      which: fc.nat(11),
    }),
  },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom<'read' | 'pause' | 'clear' | 'restore' | 'reconnect'>(
        'read',
        'pause',
        'clear',
        'restore',
        'reconnect',
      )
      .map((type) => ({ type })),
  },
);

type Watched = ReturnType<FakeDocument['page']['watchedSocket']>;

/** A tab with a page and frames in it, each with two sockets. */
class Tab {
  readonly world = new SessionWorld();
  private readonly frames = new Map<
    number,
    { readonly document: FakeDocument; readonly sockets: readonly Watched[] }
  >();
  private names = 0;
  private texts = 0;
  private cleared: Cleared | undefined;

  constructor(isLogPreserved: boolean) {
    const { session } = this.world;
    session.preserveLog = isLogPreserved;
    session.recorder.list.limits = { rows: 20_000, bytes: 3_000_000 };
    for (const frame of [0, 1, 2]) this.open(frame);
  }

  async happen(one: Happening): Promise<void> {
    const { session, bridge } = this.world;
    switch (one.type) {
      case 'deliver':
        return bridge.network.run(one.amount);
      case 'time':
        return void (await vi.advanceTimersByTimeAsync(one.amount));
      case 'read':
        return void finishReadings();
      case 'pause':
        session.isPaused = !session.isPaused;
        return;
      case 'clear':
        this.cleared = session.clear();
        return;
      case 'restore':
        if (this.cleared) session.restore(this.cleared);
        return;
      case 'reconnect':
        return session.reconnect();
      default:
        return this.happenTo(one);
    }
  }

  /** Lets all connections hold, the capture go on and everything arrive. */
  async settle(): Promise<void> {
    const { world } = this;
    world.session.isPaused = false;
    for (let round = 0; round < 6; round++) {
      world.session.reconnect();
      finishReadings();
      await world.pass(3000);
      world.expectTrueLedger();
    }
  }

  /** What the pages that are there have observed is what the panel says of it. */
  expectTruth(): void {
    const { sockets } = this.world.session.recorder;
    for (const { document, sockets: own } of this.frames.values()) {
      for (const { tap } of own) {
        const { record, observed } = tap;
        const found = sockets
          .all()
          .find(
            (socket) =>
              socket.record.id === record.id &&
              socket.document.identity.document === document.identity.document,
          );
        expect(found?.ledger.observed(), record.url).toBe(observed);
      }
    }
  }

  private happenTo(one: Extract<Happening, { readonly which: number }>): void {
    const all = [...this.frames];
    const [frame, { document, sockets }] = all[one.which % all.length] ?? fail();
    const { tap, socket } = sockets[one.which % 2] ?? fail();
    const { page } = document;
    page.time = Date.now();
    switch (one.type) {
      case 'frames':
        return page.recordTexts(tap, one.amount, () => String(++this.texts));
      case 'text':
        return page.recordText(tap, `${++this.texts}:`.padEnd(one.amount, one.which % 3 === 0 ? 'é€' : 'x'));
      case 'blob': {
        const blob = blobOf(new Uint8Array(one.amount));
        return page.outbox.record(tap, FrameKind.receivedBinary, 0, page.time, blob, undefined, undefined);
      }
      case 'closed':
        return socket.serverCloses(1000);
      case 'cut':
        return document.cut();
      case 'taken': {
        const { identity } = document;
        return this.world.bridge.connect(identity).post(portOpening(identity.document));
      }
      case 'left':
        return this.leave(frame);
      default:
    }
  }

  /** With the page all of its frames go. */
  private leave(frame: number): void {
    const { bridge } = this.world;
    const gone = frame === 0 ? [...this.frames.keys()] : [frame];
    for (const one of gone) {
      this.frames.get(one)?.document.page.outbox.leave();
      bridge.empty(one);
      this.frames.delete(one);
    }
    if (frame === 0) bridge.navigated('https://example.test/next');
    this.open(frame);
  }

  private open(frame: number): void {
    const document = this.world.bridge.open(`document ${++this.names}`, frame);
    const sockets = ['a', 'b'].map((name) =>
      document.page.watchedSocket(`wss://example.test/${this.names}/${name}`),
    );
    this.frames.set(frame, { document, sockets });
  }
}

function fail(): never {
  throw new RangeError('there is always a page with two sockets');
}

test('whatever happens to documents, frames and large payloads, the ledger is true and nothing is waited for in vain', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.array(happening, { minLength: 20, maxLength: 100, size: 'max' }),
      async (isLogPreserved, happenings) => {
        const tab = new Tab(isLogPreserved);
        const { world } = tab;
        for (const one of happenings) {
          await tab.happen(one);
          world.expectTrueLedger();
        }
        await tab.settle();
        tab.expectTruth();
        expect(world.session.totals().inFlight).toBe(0);
        const { store } = world;
        for (let row = store.firstRow; row < store.endRow; row++) {
          expect(store.flags(row) & FrameFlag.pending, `row ${row} is waited for`).toBe(0);
        }
        world.end();
      },
    ),
    { numRuns: 15 },
  );
});
