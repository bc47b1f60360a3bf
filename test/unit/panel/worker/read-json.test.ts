import { describe, expect, test } from 'vitest';
import { readJson } from '../../../../src/panel/worker/read-json.ts';
import { inlineJsonWorker } from '../../helpers/inline-large-task-worker.ts';

const breathe = async () => undefined;
const never = new AbortController().signal;
/** More than is handed over at once. */
const LONG = JSON.stringify(Array.from({ length: 300_000 }, (_, index) => ({ index })));

function startWith(worker: ReturnType<typeof inlineJsonWorker>) {
  return { startWorker: () => worker, breathe };
}

describe('large JSON that is read by a worker', () => {
  test('is handed over in parts and comes back as a document of the whole', async () => {
    const worker = inlineJsonWorker();
    const document = await readJson(LONG, startWith(worker), never);
    expect(worker.requests.length).toBeGreaterThan(2);
    expect(document?.nodeCount).toBe(600_001);
    expect(document?.source).toBe(LONG);
    expect(worker.isEnded).toBe(true);
  });

  test('says where it is broken', async () => {
    const document = await readJson('[1,]', startWith(inlineJsonWorker()), never);
    expect(document?.error).toMatchObject({ code: 'trailing-comma', offset: 3 });
  });

  test('is not read any more once nobody wants it, and the worker ends', async () => {
    const worker = inlineJsonWorker();
    const leaving = new AbortController();
    const document = readJson(
      LONG,
      { startWorker: () => worker, breathe: async () => leaving.abort() },
      leaving.signal,
    );
    expect(await document).toBeUndefined();
    expect(worker.requests.filter(({ type }) => type === 'part')).toHaveLength(1);
    expect(worker.isEnded).toBe(true);
    expect(await readJson(LONG, startWith(inlineJsonWorker()), leaving.signal)).toBeUndefined();
  });

  test('is read on the spot where there is no worker, or it fails', async () => {
    const startWorker = () => {
      throw new Error('no workers here');
    };
    expect((await readJson('[1]', { startWorker, breathe }, never))?.nodeCount).toBe(2);
    const failing = inlineJsonWorker();
    failing.postMessage = () => failing.onerror?.(new ErrorEvent('error', { message: 'lost' }));
    expect((await readJson('[1]', startWith(failing), never))?.nodeCount).toBe(2);
  });
});
