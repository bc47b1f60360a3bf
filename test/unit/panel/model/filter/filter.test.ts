import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Filter } from '../../../../../src/panel/model/filter/filter.ts';
import type { PanelSocket } from '../../../../../src/panel/session/recording/sockets.ts';
import type { WorkerRequest } from '../../../../../src/panel/worker/messages.ts';
import { FrameKind } from '../../../../../src/protocol/frames.ts';
import { ReadyState } from '../../../../../src/protocol/sockets.ts';
import { Search } from '../../../../../src/store/search/search.ts';
import { batchOf } from '../../../helpers/frames.ts';
import { InlineWorker } from '../../../helpers/inline-worker.ts';
import { speakEnglish } from '../../../helpers/language.ts';
import { PanelWorld } from '../../../helpers/panel-world.ts';

/** Hangs over one expression as soon as a text says so, as an engine does that backtracks without end. */
class HangingWorker extends InlineWorker {
  override postMessage(request: WorkerRequest): void {
    if (request.type !== 'task') return super.postMessage(request);
    const { patterns, contents } = request.task;
    const { text, lengths } = contents;
    if (!text.includes('hang') || patterns[0]?.source !== '(a+)+$') return super.postMessage(request);
    queueMicrotask(() => {
      this.report({ type: 'ready' });
      let end = 0;
      const step = lengths.findIndex((length) => {
        end += length;
        return text.slice(0, end).includes('hang');
      });
      this.report({ type: 'step', step });
    });
  }
}

let world: PanelWorld;
let filter: Filter;
let socket: PanelSocket;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  speakEnglish();
  world = new PanelWorld();
  world.startWorker = () => new HangingWorker();
  ({ filter } = world.model);
  socket = world.addSocket();
});

afterEach(() => vi.useRealTimers());

/** Lets time pass, with pictures and turns as they come. */
async function pass(ms = 100): Promise<void> {
  await vi.dynamicImportSettled();
  for (let passed = 0; passed < ms; passed += 50) {
    await vi.advanceTimersByTimeAsync(Math.min(50, ms - passed));
    world.paint();
  }
}

describe('a regular expression', () => {
  test('shows its rows once they have been found', async () => {
    world.addTexts('apple', 'banana');
    filter.setText('/^a/');
    world.paint();
    const { value } = world.model.revision;
    await vi.dynamicImportSettled();
    await vi.advanceTimersByTimeAsync(10);
    world.paint();
    expect(world.model.revision.value).toBeGreaterThan(value);
  });

  test('keeps the previous rows until it has found some', async () => {
    world.addTexts('apple', 'banana');
    filter.setText('/^a/');
    expect(world.shown()).toEqual(['apple', 'banana']);
    expect([filter.isCurrent, filter.found]).toEqual([false, 0]);
    await pass();
    expect(world.shown()).toEqual(['apple']);
    expect([filter.isCurrent, filter.found]).toEqual([true, 1]);
  });

  test('is run over frames that arrive later', async () => {
    filter.setText('/^a/');
    await pass();
    world.addTexts('apple', 'banana');
    await pass();
    world.addTexts('cherry', 'avocado');
    await pass();
    expect(world.shown()).toEqual(['apple', 'avocado']);
  });

  test('that is no longer needed changes nothing', async () => {
    world.addTexts('apple', 'banana');
    filter.setText('/^a/');
    filter.setText('banana');
    await pass();
    expect(world.shown()).toEqual(['banana']);
  });
});

describe('a regular expression that hangs', () => {
  test('is stopped and named, and the previous filter stays in force', async () => {
    world.addTexts('apple', 'hang', 'apple pie');
    filter.setText('apple');
    filter.setText('/(a+)+$/');
    await pass(3000);
    expect(filter.stop.value).toMatchObject({
      type: 'stuck',
      pattern: { source: '(a+)+$', flags: '' },
      place: 2,
      size: 4,
    });
    expect(filter.text.value).toBe('/(a+)+$/');
    expect(world.shown()).toEqual(['apple', 'apple pie']);
    world.addTexts('apple tart');
    expect(world.shown()).toEqual(['apple', 'apple pie', 'apple tart']);
    expect(filter.isCurrent).toBe(true);
  });

  test('keeps the previous regular expression in force', async () => {
    world.addTexts('apple', 'hang');
    filter.setText('/^a/');
    await pass();
    filter.setText('/(a+)+$/');
    await pass(3000);
    expect(filter.stop.value?.type).toBe('stuck');
    world.addTexts('avocado');
    await pass();
    expect(world.shown()).toEqual(['apple', 'avocado']);
  });

  test('is forgotten when the text changes', async () => {
    world.addTexts('apple', 'hang');
    filter.setText('/(a+)+$/');
    await pass(3000);
    expect(filter.stop.value).toBeDefined();
    filter.setText('hang');
    expect(filter.stop.value).toBeUndefined();
    expect(world.shown()).toEqual(['hang']);
  });

  test('does not delay the next one', async () => {
    world.addTexts('apple', 'hang');
    filter.setText('/(a+)+$/');
    await pass(200);
    filter.setText('/^a/ -hang');
    await pass(200);
    expect(world.shown()).toEqual(['apple']);
    expect(filter.stop.value).toBeUndefined();
  });

  test('on a later frame keeps what it has found, and reports that there may be more', async () => {
    world.addTexts('baa', 'banana');
    filter.setText('/(a+)+$/');
    await pass();
    expect(world.shown()).toEqual(['baa', 'banana']);
    world.addTexts('la', 'hang');
    await pass(3000);
    world.addTexts('ta');
    await pass(3000);
    expect(world.shown()).toEqual(['baa', 'banana']);
    expect(filter.stop.value).toMatchObject({ type: 'stuck', place: 4 });
    expect(filter.isCurrent).toBe(false);
  });

  test('in another place shows what it has found, and other places can be searched', async () => {
    world.addSocket({ url: 'wss://example.test/other' });
    world.addFrames(
      { payload: 'la' },
      { payload: 'hang', socket: 2 },
      { payload: 'x', kind: FrameKind.sentText },
    );
    world.model.shownLine.showSocket(1);
    filter.setText('/(a+)+$/');
    await pass();
    expect(world.shown()).toEqual(['la']);
    world.model.shownLine.showSocket(2);
    await pass(3000);
    expect([world.shown(), filter.stop.value?.type]).toEqual([[], 'stuck']);
    world.model.shownLine.showSocket(1);
    await pass();
    expect([world.shown(), filter.stop.value]).toEqual([['la'], undefined]);
  });
});

test('a typed key waits for a shorter step of the search than later turns take', () => {
  world.addTexts(...Array.from({ length: 16_000 }, (_, index) => `${index} `.padEnd(100, 'x')));
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now++); // a ms for each look at it
  const steps = vi.spyOn(Search.prototype, 'step');
  filter.setText('x');
  expect([steps.mock.calls.length, filter.found > 0, filter.isCurrent]).toEqual([1, true, false]);
  world.takeTurns();
  expect(filter.found).toBe(16_000);
  const [first = Number.NaN, ...later] = steps.mock.calls.map(([budget]) => budget);
  expect(later.length).toBeGreaterThan(3);
  expect(Math.min(...later)).toBeGreaterThan(first);
  clock.mockRestore();
  steps.mockRestore();
});

describe('the state of sockets', () => {
  test('is searched again when it changes', async () => {
    const second = world.addSocket({ url: 'wss://example.test/other' });
    world.addFrames({ payload: 'a' }, { payload: 'b', socket: 2 });
    filter.setText('state:open');
    world.paint();
    expect(world.shown()).toEqual(['a', 'b']);
    world.session.recorder.sockets.update(world.document, {
      ...second.record,
      readyState: ReadyState.closed,
    });
    world.model.touch();
    await pass(500);
    expect(world.shown()).toEqual(['a']);
    filter.setText('state:closed');
    world.paint();
    expect(world.shown()).toEqual(['b']);
  });

  test('does not restart a filter that does not depend on it', async () => {
    world.addTexts('a');
    filter.setText('a');
    const { view } = filter;
    world.session.recorder.sockets.update(world.document, {
      ...socket.record,
      readyState: ReadyState.closed,
    });
    world.model.touch();
    await pass(500);
    expect(filter.view).toBe(view);
  });
});

test('an age counts from the moment it was typed', async () => {
  vi.setSystemTime(1_000_000);
  world.addFrames({ payload: 'old', time: 600_000 }, { payload: 'new', time: 990_000 });
  filter.setText('time:-1m');
  expect(world.shown()).toEqual(['new']);
  vi.setSystemTime(2_000_000);
  world.model.shownLine.showSocket(1);
  world.paint();
  expect(world.shown()).toEqual(['new']);
  filter.setText('time:>-1m');
  world.paint();
  expect(world.shown()).toEqual([]);
});

describe('pictures of a search among many rows', () => {
  const ROWS = 6000;

  /** Looks for every fiftieth row with a clock that moves on at each look at it. @returns when what was drawn, and when the search ended, in ms */
  async function picturesOf(msPerLook: number): Promise<{ drawn: number[]; end: number }> {
    await pass(1000);
    let now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => {
      now += msPerLook;
      return now;
    });
    const start = now;
    const drawn: number[] = [];
    let end = Number.POSITIVE_INFINITY;
    const stopLooking = world.model.revision.subscribe(() => {
      if (now > start) drawn.push(now - start);
      if (filter.isSettled && filter.text.value) end = Math.min(end, now - start);
    });
    filter.setText('len:>3');
    world.paint();
    stopLooking();
    vi.mocked(performance.now).mockRestore();
    expect(filter.found).toBe(ROWS / 50);
    return { drawn, end };
  }

  beforeEach(() => {
    world.addTexts(...Array.from({ length: ROWS }, (_, index) => (index % 50 === 49 ? 'long' : 'no')));
  });

  test.for([0.05, 0.1, 0.25])('are but one if it soon ends, with %s ms a look', async (msPerLook) => {
    const { drawn, end } = await picturesOf(msPerLook);
    expect(drawn).toEqual([end]);
    expect(end).toBeLessThan(45);
  });

  test('show the first screen before 45 ms if it takes long', async () => {
    const { drawn, end } = await picturesOf(1);
    expect(end).toBeGreaterThan(90);
    expect(drawn[0]).toBeGreaterThan(20);
    expect(drawn[0]).toBeLessThan(45);
    expect(drawn.at(-1)).toBe(end);
  });
});

test('a hidden panel keeps up although it draws nothing', async () => {
  world.addTexts('apple', 'banana');
  filter.setText('apple');
  world.paint();
  const { session } = world.model;
  const batch = batchOf([{ payload: 'apple pie' }, { payload: 'cherry' }], 3);
  session.recorder.takeFrames(world.document, world.progress, batch);
  world.model.touch();
  world.takeTurns();
  expect([filter.found, filter.isCurrent]).toEqual([2, true]);
});

test('a worker that cannot be loaded is reported, and plain text can still be searched', async () => {
  world.startWorker = () => {
    throw new Error('blocked');
  };
  world.addTexts('apple', 'banana');
  filter.setText('/^a/');
  await pass();
  expect(filter.stop.value).toEqual({ type: 'failed', reason: 'Error: blocked' });
  expect(world.shown()).toEqual(['apple', 'banana']);
  filter.setText('banana');
  expect([world.shown(), filter.stop.value]).toEqual([['banana'], undefined]);
});
