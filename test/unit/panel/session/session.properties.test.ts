import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Cleared } from '../../../../src/panel/session/recording/cleared.ts';
import { FrameKind } from '../../../../src/protocol/frames.ts';
import { tallyFrames } from '../../../../src/store/ledger.ts';
import { AGES, SessionWorld } from './session-world.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

type Happening =
  | { readonly type: 'frames'; readonly count: number; readonly socket: number }
  | { readonly type: 'deliver'; readonly messages: number }
  | { readonly type: 'time'; readonly ms: number }
  | { readonly type: 'cut' }
  /** Longer than the page is patient, not longer than the panel tries. */
  | { readonly type: 'outage' }
  /** What was cleared before is brought back first. */
  | { readonly type: 'clear' }
  | { readonly type: 'restore' }
  | { readonly type: 'pause' }
  | { readonly type: 'resume' };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant('frames'), count: fc.nat(4000), socket: fc.nat(1) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('frames'), count: fc.constant(11_000), socket: fc.nat(1) }),
  },
  { weight: 1, arbitrary: fc.constant({ type: 'outage' }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('deliver'), messages: fc.nat(12) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('time'), ms: fc.nat(400) }) },
  { weight: 2, arbitrary: fc.constant({ type: 'cut' }) },
  { weight: 1, arbitrary: fc.constant({ type: 'pause' }) },
  { weight: 1, arbitrary: fc.constant({ type: 'resume' }) },
);

const clearing: fc.Arbitrary<Happening> = fc.constantFrom<Happening>({ type: 'clear' }, { type: 'restore' });

/** A page with two sockets that never stops talking, on a line that breaks. */
class Conversation {
  readonly world = new SessionWorld();
  readonly observed = [0, 0];
  private readonly document = this.world.bridge.open('a');
  private readonly taps = ['a', 'b'].map(
    (name) => this.document.page.watchedSocket(`wss://example.test/${name}`).tap,
  );
  private frames = 0;
  private cleared: Cleared | undefined;

  async happen(happening: Happening): Promise<void> {
    switch (happening.type) {
      case 'frames':
        return this.record(happening.socket, happening.count);
      case 'deliver':
        return this.world.bridge.network.run(happening.messages);
      case 'time':
        return void (await vi.advanceTimersByTimeAsync(happening.ms));
      case 'cut':
        return this.document.cut();
      case 'outage':
        return this.outage();
      case 'clear':
        this.restore();
        this.cleared = this.world.session.clear();
        return;
      case 'restore':
        return this.restore();
      case 'pause':
      case 'resume':
        this.world.session.isPaused = happening.type === 'pause';
    }
  }

  /** Undoes the last clear. */
  restore(): void {
    if (this.cleared) expect(this.world.session.restore(this.cleared)).toBe(true);
    this.cleared = undefined;
  }

  /** Lets the line hold, the capture go on and everything arrive. */
  async settle(): Promise<void> {
    this.world.session.isPaused = false;
    if (this.world.session.obstacle === 'connection-lost') this.world.session.reconnect();
    for (let round = 0; round < 4; round++) await this.world.pass(AGES / 20);
  }

  /** The page is out of reach for longer than it keeps all for the panel. */
  private async outage(): Promise<void> {
    this.world.bridge.empty(0);
    await vi.advanceTimersByTimeAsync(11_000);
    this.document.page.time = Date.now() + 11_000;
    this.record(0, 10_001);
    this.document.page.time = 0;
    this.world.bridge.show(this.document);
  }

  expectWholeLedger(): void {
    this.world.expectWholeLedger(this.document.page);
  }

  private record(socket: number, count: number): void {
    const tap = this.taps[socket];
    if (!tap) throw new RangeError(`no socket ${socket}`);
    for (let index = 0; index < count; index++) {
      const kind = index % 5 === 0 ? FrameKind.sentText : FrameKind.receivedText;
      this.document.page.recordText(tap, String(++this.frames), kind);
    }
    this.observed[socket] = (this.observed[socket] ?? 0) + count;
  }
}

test.each([
  ['', happening, 40],
  [', also where lists are cleared and brought back', fc.oneof(happening, clearing), 30],
])(
  'every frame is stored, once and in order, or dropped for a reason that is known%s',
  async (_, any, numRuns) => {
    await fc.assert(
      fc.asyncProperty(fc.array(any, { maxLength: 25 }), async (happenings) => {
        const conversation = new Conversation();
        const { world, observed } = conversation;
        await conversation.settle();
        for (const one of happenings) {
          await conversation.happen(one);
          world.expectTrueLedger();
        }
        await conversation.settle();
        conversation.restore();
        conversation.expectWholeLedger();
        const { stored, dropped, droppedBy } = world.session.totals();
        expect(stored + dropped + world.session.totals().inFlight).toBe(
          observed.reduce((sum, count) => sum + count, 0),
        );
        expect(droppedBy.get('unexplained') ?? 0).toBe(0);
        expect(world.sockets().map(({ ledger }) => tallyFrames(ledger.accounted()))).toEqual(observed);
        const numbers = world
          .rows()
          .filter((row) => !row.startsWith('gap'))
          .map(Number);
        expect(numbers).toHaveLength(stored);
        expect(numbers.every((number, index) => number > (numbers[index - 1] ?? 0))).toBe(true);
        world.end();
      }),
      { numRuns },
    );
  },
);

test('the ledger is true at any time, including cleared frames', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(happening, clearing), { maxLength: 20 }), async (happenings) => {
      const conversation = new Conversation();
      const { world, observed } = conversation;
      await conversation.settle();
      for (const one of happenings) {
        await conversation.happen(one);
        world.expectTrueLedger();
      }
      await conversation.settle();
      world.expectTrueLedger();
      expect(world.session.totals().inFlight).toBe(0);
      expect(world.session.recorder.sockets.all().map(({ ledger }) => ledger.observed())).toEqual(observed);
      world.end();
    }),
    { numRuns: 25 },
  );
});
