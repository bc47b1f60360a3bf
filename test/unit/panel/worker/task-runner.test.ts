import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TaskWorker } from '../../../../src/panel/worker/attempt.ts';
import type { WorkerReport, WorkerRequest, WorkerTask } from '../../../../src/panel/worker/messages.ts';
import { type TaskOutcome, TaskRunner } from '../../../../src/panel/worker/task-runner.ts';

const PATIENCE = { start: 10_000, silence: 500, step: 1000, cancelled: 100 };
const ANSWER = { type: 'patterns', found: Uint8Array.of(1) } as const;
const TASK: WorkerTask = {
  type: 'patterns',
  patterns: [{ source: 'a', flags: '' }],
  contents: {
    text: 'a',
    bytes: new Uint8Array(),
    lengths: Uint32Array.of(1),
    areBytes: Uint8Array.of(0),
    spoken: Uint8Array.of(0),
  },
};

/** What an error event says beside what every event does. */
const BLOCKED = { message: 'blocked', filename: '', lineno: 0, colno: 0, error: undefined };

/** A worker that says what the test says. */
class PuppetWorker implements TaskWorker {
  onmessage: TaskWorker['onmessage'] = null;
  onerror: TaskWorker['onerror'] = null;
  readonly requests: WorkerRequest[] = [];
  isEnded = false;
  isDeaf = false;

  postMessage(request: WorkerRequest): void {
    if (this.isDeaf) throw new RangeError('out of memory');
    this.requests.push(request);
  }

  terminate(): void {
    this.isEnded = true;
  }

  say(data: WorkerReport): void {
    this.onmessage?.(new MessageEvent('message', { data }));
  }
}

let workers: PuppetWorker[];
let runner: TaskRunner;
let outcome: TaskOutcome | undefined;

function run(signal = new AbortController().signal, task = TASK): void {
  outcome = undefined;
  void runner.run(task, signal).then((result) => {
    outcome = result;
  });
}

const breathe = async () => undefined;
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

function worker(index = workers.length - 1): PuppetWorker {
  const found = workers[index];
  if (!found) throw new Error('no such worker');
  return found;
}

/** A task is begun, and the worker that has just been started does it. */
async function runInNewWorker(): Promise<void> {
  run();
  await pass(0);
  worker().say({ type: 'ready' });
  worker().say({ type: 'done', answer: ANSWER });
  await pass(0);
}

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  runner = new TaskRunner(
    () => {
      const started = new PuppetWorker();
      workers.push(started);
      return started;
    },
    breathe,
    PATIENCE,
  );
});

afterEach(() => vi.useRealTimers());

describe('a task', () => {
  test('is done by one worker that stays for the next', async () => {
    await runInNewWorker();
    expect(outcome).toEqual({ type: 'done', answer: ANSWER });
    run();
    await pass(0);
    worker().say({ type: 'done', answer: ANSWER });
    await pass(0);
    expect(outcome).toEqual({ type: 'done', answer: ANSWER });
    expect([workers.length, worker().requests.length]).toEqual([1, 2]);
  });

  test('waits for the one before it', async () => {
    run();
    run();
    await pass(0);
    expect(worker().requests).toHaveLength(1);
    worker().say({ type: 'ready' });
    worker().say({ type: 'done', answer: ANSWER });
    await pass(0);
    expect(worker().requests).toHaveLength(2);
  });

  test('that cannot be handed over fails, and holds up none after it', async () => {
    await runInNewWorker();
    worker().isDeaf = true;
    run();
    await pass(0);
    expect(outcome).toEqual({ type: 'failed', reason: 'RangeError: out of memory' });
    expect(worker().isEnded).toBe(true);
    await runInNewWorker();
    expect(outcome).toEqual({ type: 'done', answer: ANSWER });
    expect(workers).toHaveLength(2);
  });

  test('with a large text is handed over in parts, each time that it is tried, and has more time', async () => {
    const text = 'xyz'.repeat(2_000_000);
    run(undefined, { ...TASK, contents: { ...TASK.contents, text } });
    await pass(0);
    worker().say({ type: 'ready' });
    await pass(PATIENCE.silence + 1);
    expect(workers).toHaveLength(1);
    await pass(200);
    expect(workers).toHaveLength(2);
    for (const { requests } of workers) {
      expect(requests.map(({ type }) => type)).toEqual(['text', 'text', 'task']);
      const texts = requests.map((request) =>
        request.type === 'text' ? request.text : request.task.contents.text,
      );
      expect(texts.join('') === text).toBe(true);
      expect(Math.max(...texts.map(({ length }) => length))).toBeLessThan(3_000_000);
    }
  });

  test('that hangs is done once more with a word about each step, and then named', async () => {
    run();
    await pass(0);
    worker().say({ type: 'ready' });
    worker().say({ type: 'step', step: 0 });
    await pass(PATIENCE.silence + 1);
    expect([workers.length, worker(0).isEnded]).toEqual([2, true]);
    expect(worker().requests).toMatchObject([{ task: TASK, tellsAll: true }]);
    worker().say({ type: 'ready' });
    worker().say({ type: 'step', step: 4 });
    await pass(PATIENCE.step - 1);
    expect(outcome).toBeUndefined();
    await pass(2);
    expect(outcome).toEqual({ type: 'stuck', step: 4 });
    expect(worker().isEnded).toBe(true);
    run();
    await pass(0);
    expect(workers).toHaveLength(3);
  });

  test('that was only slow is done the second time', async () => {
    run();
    await pass(0);
    worker().say({ type: 'ready' });
    await pass(PATIENCE.silence + 1);
    worker().say({ type: 'ready' });
    worker().say({ type: 'done', answer: ANSWER });
    await pass(0);
    expect(outcome).toEqual({ type: 'done', answer: ANSWER });
  });

  test('may take as long as it likes while there are words', async () => {
    run();
    await pass(0);
    worker().say({ type: 'ready' });
    for (let step = 0; step < 100; step++) {
      await pass(PATIENCE.silence - 1);
      worker().say({ type: 'step', step });
    }
    worker().say({ type: 'done', answer: ANSWER });
    await pass(0);
    expect([outcome?.type, workers.length]).toEqual(['done', 1]);
  });

  test('words that wait while this thread is busy count', async () => {
    run();
    await pass(0);
    worker().say({ type: 'ready' });
    // As after a long task: the timer is due, and the worker's word is next in line.
    setTimeout(() => worker().say({ type: 'step', step: 1 }), PATIENCE.silence);
    await pass(PATIENCE.silence + 10);
    expect([workers.length, worker().isEnded]).toEqual([1, false]);
  });
});

describe('a worker', () => {
  test('may take long to load', async () => {
    run();
    await pass(PATIENCE.start - 1);
    expect(outcome).toBeUndefined();
    worker().say({ type: 'ready' });
    worker().say({ type: 'done', answer: ANSWER });
    await pass(0);
    expect(outcome?.type).toBe('done');
  });

  test('that never comes is a failure', async () => {
    run();
    await pass(2 * PATIENCE.start + 10);
    expect(outcome).toEqual({ type: 'failed', reason: 'the worker does not answer' });
  });

  test('that cannot be loaded is a failure, and so is one that cannot be made', async () => {
    run();
    await pass(0);
    worker().onerror?.(Object.assign(new Event('error'), BLOCKED));
    await pass(0);
    expect(outcome).toEqual({ type: 'failed', reason: 'blocked' });
    runner = new TaskRunner(
      () => {
        throw new Error('no workers here');
      },
      breathe,
      PATIENCE,
    );
    run();
    await pass(0);
    expect(outcome).toEqual({ type: 'failed', reason: 'Error: no workers here' });
  });
});

describe('a task that is cancelled', () => {
  test('is over at once for whoever asked, and its worker may finish', async () => {
    const abort = new AbortController();
    run(abort.signal);
    await pass(0);
    worker().say({ type: 'ready' });
    abort.abort();
    await pass(0);
    expect(outcome).toEqual({ type: 'cancelled' });
    run();
    await pass(PATIENCE.cancelled - 1);
    worker().say({ type: 'done', answer: ANSWER });
    await pass(0);
    expect([workers.length, worker().requests.length]).toEqual([1, 2]);
    expect(outcome).toBeUndefined();
  });

  test('costs the worker if it hangs, and does not hold up the next task', async () => {
    const abort = new AbortController();
    run(abort.signal);
    await pass(0);
    worker().say({ type: 'ready' });
    abort.abort();
    run();
    await pass(PATIENCE.cancelled + 1);
    expect([workers.length, worker(0).isEnded]).toEqual([2, true]);
    worker().say({ type: 'ready' });
    worker().say({ type: 'done', answer: ANSWER });
    await pass(0);
    expect(outcome?.type).toBe('done');
  });

  test('before its turn is never begun', async () => {
    const abort = new AbortController();
    run();
    run(abort.signal);
    await pass(0);
    abort.abort();
    worker().say({ type: 'ready' });
    worker().say({ type: 'done', answer: ANSWER });
    await pass(0);
    expect(worker().requests).toHaveLength(1);
  });
});
