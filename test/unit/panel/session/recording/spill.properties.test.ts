import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Progress, startOfDocument } from '../../../../../src/panel/session/recording/progress.ts';
import { Recorder } from '../../../../../src/panel/session/recording/recorder.ts';
import type { PanelDocument } from '../../../../../src/panel/session/recording/sockets.ts';
import type { SpillTrouble } from '../../../../../src/store/blocks/spill.ts';
import { tallyFrames } from '../../../../../src/store/ledger.ts';
import { FakeVaults, settle } from '../../../helpers/fake-vault.ts';
import { batchOf, type PlainFrame, socketRecord } from '../../../helpers/frames.ts';

const KB = 1024;
/** Blocks that still grow cannot leave: one of each pool, of less than this. */
const GROWING = 3 * 2 * 256 * KB;

type Step =
  | { readonly type: 'frames'; readonly kilobytes: number; readonly letter: string; readonly count: number }
  | { readonly type: 'many'; readonly count: number }
  | { readonly type: 'limits'; readonly bytes: number; readonly disk: number; readonly rows: number }
  | { readonly type: 'want'; readonly which: number }
  | { readonly type: 'kill' }
  | { readonly type: 'quota'; readonly bytes: number }
  | { readonly type: 'damage' }
  | { readonly type: 'lose disk' }
  | { readonly type: 'settle' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 30,
    arbitrary: fc.record({
      type: fc.constant('frames'),
      kilobytes: fc.integer({ min: 1, max: 150 }),
      letter: fc.constantFrom('a', 'ÿ', '\u0085', '\ud800', '\ufeff€', ''),
      count: fc.integer({ min: 1, max: 8 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('many'), count: fc.integer({ min: 1, max: 20_000 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('limits'),
      bytes: fc.nat(1500 * KB),
      disk: fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 5, arbitrary: fc.nat(40_000 * KB) }),
      rows: fc.integer({ min: 16_384, max: 60_000 }),
    }),
  },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('want'), which: fc.nat() }) },
  { weight: 4, arbitrary: fc.constant({ type: 'kill' }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('quota'), bytes: fc.nat(20_000 * KB) }) },
  { weight: 1, arbitrary: fc.constant({ type: 'damage' }) },
  { weight: 1, arbitrary: fc.constant({ type: 'lose disk' }) },
  { weight: 15, arbitrary: fc.constant({ type: 'settle' }) },
);

/** A recorder on a bad disk, and beside it what its pages have said. */
class World {
  readonly vaults = new FakeVaults();
  readonly recorder = new Recorder({ bytes: 400 * KB, disk: 30_000 * KB, rows: 50_000 });
  readonly troubles: SpillTrouble[] = [];
  readonly said: (string | Uint8Array)[] = [];
  private readonly document: PanelDocument = {
    identity: { document: 'd', frameId: 0, url: '' },
    isGone: false,
  };
  private readonly progress: Progress = startOfDocument();

  constructor() {
    this.recorder.list.openVault = () => this.vaults.open();
    this.recorder.list.onTrouble = (trouble) => this.troubles.push(trouble);
    this.recorder.updateSockets(this.document, [socketRecord()]);
  }

  async take(step: Step): Promise<void> {
    const { disk } = this.vaults;
    switch (step.type) {
      case 'frames':
        return this.say(
          Array.from({ length: step.count }, (_, index) => payload(step, this.said.length + index)),
        );
      case 'many':
        return this.say(Array.from({ length: step.count }, (_, index) => `${this.said.length + index}`));
      case 'limits':
        this.recorder.list.limits = step;
        return;
      case 'want':
        return this.recorder.store.want(step.which % Math.max(1, this.said.length));
      case 'kill':
        return this.vaults.killWorker();
      case 'quota':
        disk.capacity = step.bytes;
        return;
      case 'damage':
        return disk.damage();
      case 'lose disk':
        disk.isAbsent = true;
        return;
      case 'settle':
        return await settle();
    }
  }

  private say(payloads: readonly (string | Uint8Array)[]): void {
    const frames: PlainFrame[] = payloads.map((payload) => ({ payload }));
    this.recorder.takeFrames(this.document, this.progress, batchOf(frames, this.said.length + 1));
    this.said.push(...payloads);
  }

  /** All that is always true of the ledger. */
  checkLedger(): void {
    const { store, sockets } = this.recorder;
    const { stored, dropped, withoutPayload } = this.recorder.totals();
    const ledger = sockets.get(1)?.ledger;
    expect(stored + dropped).toBe(this.said.length);
    expect(ledger && tallyFrames(ledger.accounted())).toBe(this.said.length);
    const counted = { memory: 0, broken: 0 };
    let rows = 0;
    for (let row = store.firstRow; row < store.endRow; row++) {
      if (store.gap(row)) continue;
      rows++;
      const state = store.payloadState(row);
      if (state === 'memory' || state === 'broken') counted[state]++;
    }
    expect(rows).toBe(stored);
    expect({ memory: withoutPayload.get('memory') ?? 0, broken: withoutPayload.get('broken') ?? 0 }).toEqual(
      counted,
    );
  }

  /** Every payload is what was said, or it is marked as gone. */
  async checkPayloads(): Promise<void> {
    const { store } = this.recorder;
    for (let row = store.firstRow; row < store.endRow; row++) {
      const said = this.said[row];
      if (store.gap(row) || said === undefined) continue;
      const before = store.payloadState(row);
      const payload = before === 'away' ? await store.load(row) : store.payload(row);
      const isGone = ['memory', 'broken'].includes(store.payloadState(row));
      if (payload === undefined ? !isGone : !isSame(payload, said)) {
        expect.fail(
          `row ${row}, ${before}: ${String(payload).slice(0, 20)} is not ${String(said).slice(0, 20)}`,
        );
      }
    }
  }
}

function payload(
  { kilobytes, letter }: Extract<Step, { type: 'frames' }>,
  seed: number,
): string | Uint8Array {
  if (letter === '') return new Uint8Array(kilobytes * KB).fill(seed);
  return String(seed) + letter.repeat(kilobytes * KB);
}

function isSame(one: string | Uint8Array, other: string | Uint8Array): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return Buffer.compare(one, other) === 0;
}

test('whatever happens to memory and disk, each payload is unchanged or marked as lost, and the ledger is true', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40, size: 'max' }), async (steps) => {
      const world = new World();
      for (const one of steps) {
        await world.take(one);
        world.checkLedger();
      }
      await settle();
      const { bytes, diskBytes } = world.recorder.totals();
      const { limits } = world.recorder.list;
      expect(bytes).toBeLessThanOrEqual(limits.bytes + GROWING);
      expect(diskBytes).toBeLessThanOrEqual(Math.max(limits.disk ?? 0, 0));
      expect(world.troubles).toEqual([...new Set(world.troubles)]);
      await world.checkPayloads();
      world.checkLedger();
      world.recorder.list.clear();
      world.recorder.list.forgetCleared();
      await settle();
      expect(world.vaults.disk.isAbsent ? 0 : world.vaults.disk.bytes).toBe(0);
    }),
    { numRuns: 10 },
  );
});
