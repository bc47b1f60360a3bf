import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CommandRefusal } from '../../../../src/panel/session/documents/commands-under-way.ts';
import {
  type ReplayCounts,
  type ReplayEnd,
  type ReplayMeans,
  type ReplayPace,
  type ReplayStep,
  replay,
} from '../../../../src/panel/session/replay.ts';
import type { PanelAction } from '../../../../src/panel/session/session.ts';
import { FrameFlag } from '../../../../src/protocol/frames.ts';

const AT_ONCE: ReplayPace = { type: 'at-once' };

/** A page that answers when it is told to. */
class Player {
  readonly started: { readonly action: PanelAction; readonly at: number }[] = [];
  readonly progress: number[] = [];
  counts: ReplayCounts | undefined;
  /** Rows of frames whose payloads are gone. */
  readonly gone = new Set<number>();
  readonly abort = new AbortController();
  end: ReplayEnd | undefined = undefined;
  private readonly start = performance.now();
  private readonly waiting: ((refusal?: CommandRefusal) => void)[] = [];

  constructor(private readonly answersItself = true) {}

  play(steps: readonly ReplayStep[], pace: ReplayPace): void {
    const means: ReplayMeans = {
      payloadOf: (row) => (this.gone.has(row) ? undefined : { type: 'text', text: String(row) }),
      run: (action) => this.run(action),
      onProgress: (counts) => {
        if (counts.done !== this.counts?.done) this.progress.push(counts.done);
        this.counts = counts;
      },
    };
    void replay(steps, pace, means, this.abort.signal).then((end) => {
      this.end = end;
    });
  }

  /** Answers the oldest command that waits. */
  async answer(refusal?: CommandRefusal): Promise<void> {
    this.waiting.shift()?.(refusal);
    await this.pass(0);
  }

  async pass(ms: number): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms);
  }

  texts(): string[] {
    return this.started.map(({ action }) =>
      action.type !== 'close' && action.payload.type === 'text' ? action.payload.text : '',
    );
  }

  times(): number[] {
    return this.started.map(({ at }) => at);
  }

  private run(action: PanelAction): Promise<CommandRefusal | undefined> {
    this.started.push({ action, at: performance.now() - this.start });
    if (this.answersItself) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }
}

function steps(...times: number[]): ReplayStep[] {
  return times.map((time, index) => ({
    action: index % 2 === 0 ? 'send' : 'inject',
    row: index,
    time: 1_700_000_000_000 + time,
  }));
}

const many = (count: number) => steps(...Array.from({ length: count }, () => 0));

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('as fast as possible', () => {
  test('each frame is replayed once, in order, with its kind', async () => {
    const player = new Player();
    player.play(many(200), AT_ONCE);
    await player.pass(0);
    expect(player.texts()).toEqual(Array.from({ length: 200 }, (_, index) => String(index)));
    expect(player.started.slice(0, 2).map(({ action }) => action)).toMatchObject([
      { type: 'send', marks: FrameFlag.replayed },
      { type: 'inject', marks: FrameFlag.replayed },
    ]);
    expect(player.end).toEqual({ type: 'done' });
    expect(player.progress).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });

  test('no more than 64 steps wait for their answers', async () => {
    const player = new Player(false);
    player.play(many(70), AT_ONCE);
    await player.pass(0);
    expect(player.started).toHaveLength(64);
    await player.answer();
    expect(player.started).toHaveLength(65);
    expect(player.progress).toEqual([1]);
  });

  test('frames without their payloads are left out and counted', async () => {
    const player = new Player();
    for (const row of [1, 2]) player.gone.add(row);
    player.play(many(4), AT_ONCE);
    await player.pass(0);
    expect(player.texts()).toEqual(['0', '3']);
    expect(player.counts).toEqual({ done: 2, missing: 2, unanswered: 0 });
    expect(player.end).toEqual({ type: 'done' });
  });

  test('nothing to do is done', async () => {
    const player = new Player();
    player.play([], AT_ONCE);
    await player.pass(0);
    expect(player.end).toEqual({ type: 'done' });
  });

  test('it has ended only when the last answer is there', async () => {
    const player = new Player(false);
    player.play(many(2), AT_ONCE);
    await player.pass(0);
    await player.answer();
    expect(player.end).toBeUndefined();
    await player.answer();
    expect(player.end).toEqual({ type: 'done' });
  });
});

describe('with the original gaps', () => {
  test('each step waits for its time', async () => {
    const player = new Player();
    player.play(steps(0, 100, 250), { type: 'gaps', factor: 1 });
    await player.pass(1000);
    expect(player.times()).toEqual([0, 100, 250]);
    expect(player.end).toEqual({ type: 'done' });
  });

  test.each([
    { factor: 0.5, times: [0, 50, 125] },
    { factor: 2, times: [0, 200, 500] },
  ])('a factor of $factor changes them', async ({ factor, times }) => {
    const player = new Player();
    player.play(steps(0, 100, 250), { type: 'gaps', factor });
    await player.pass(1000);
    expect(player.times()).toEqual(times);
  });

  test('slow answers do not add up', async () => {
    const player = new Player(false);
    player.play(steps(0, 10, 20), { type: 'gaps', factor: 1 });
    await player.pass(30);
    expect(player.times()).toEqual([0, 10, 20]);
  });

  test('frames of the same time keep their order', async () => {
    const player = new Player();
    player.play(steps(0, 5, 5, 5), { type: 'gaps', factor: 1 });
    await player.pass(5);
    expect(player.texts()).toEqual(['0', '1', '2', '3']);
  });
});

describe('a replay ends early', () => {
  test('at once when it is cancelled while it waits', async () => {
    const player = new Player();
    player.play(steps(0, 60_000), { type: 'gaps', factor: 1 });
    await player.pass(10);
    player.abort.abort();
    await player.pass(0);
    expect(player.end).toEqual({ type: 'cancelled' });
    expect(player.texts()).toEqual(['0']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('later answers are counted, because the frames were sent', async () => {
    const player = new Player(false);
    player.play(many(100), AT_ONCE);
    await player.pass(0);
    player.abort.abort();
    for (let index = 0; index < 60; index++) await player.answer();
    expect(player.end).toBeUndefined();
    await player.pass(1000);
    expect(player.end).toEqual({ type: 'cancelled' });
    expect(player.counts).toEqual({ done: 60, missing: 0, unanswered: 4 });
    await player.answer();
    expect(player.counts).toEqual({ done: 60, missing: 0, unanswered: 4 });
  });

  test('with a broken connection, and frames in flight count as unanswered', async () => {
    const player = new Player(false);
    player.play(many(100), AT_ONCE);
    await player.pass(0);
    await player.answer();
    for (let index = 0; index < 64; index++) await player.answer({ reason: 'unanswered' });
    expect(player.end).toEqual({ type: 'refused', refusal: { reason: 'unanswered' } });
    expect(player.counts).toEqual({ done: 1, missing: 0, unanswered: 64 });
  });

  test('when it is cancelled while answers are awaited', async () => {
    const player = new Player(false);
    player.play(many(100), AT_ONCE);
    await player.pass(0);
    player.abort.abort();
    for (let index = 0; index < 64; index++) await player.answer();
    expect(player.end).toEqual({ type: 'cancelled' });
    expect(player.started).toHaveLength(64);
  });

  test('as done if it is cancelled after its last message, and all are answered', async () => {
    const player = new Player(false);
    player.play(many(3), AT_ONCE);
    await player.pass(0);
    player.abort.abort();
    for (let index = 0; index < 3; index++) await player.answer();
    expect(player.end).toEqual({ type: 'done' });
    expect(player.counts).toEqual({ done: 3, missing: 0, unanswered: 0 });
  });

  test('when it is cancelled before it begins', async () => {
    const player = new Player();
    player.abort.abort();
    player.play(many(3), AT_ONCE);
    await player.pass(0);
    expect(player.started).toEqual([]);
    expect(player.end).toEqual({ type: 'cancelled' });
  });

  test('with the first refusal, without trying the rest', async () => {
    const player = new Player(false);
    player.play(steps(0, 10, 20), { type: 'gaps', factor: 1 });
    await player.pass(0);
    await player.answer();
    await player.pass(10);
    await player.answer({ reason: 'not-open', readyState: 3 });
    await player.pass(100);
    expect(player.end).toEqual({ type: 'refused', refusal: { reason: 'not-open', readyState: 3 } });
    expect(player.texts()).toEqual(['0', '1']);
    expect(player.progress).toEqual([1]);
  });
});
