import { describe, expect, test } from 'vitest';
import { diffPayloads } from '../../../../src/decoders/diff.ts';
import { UNKNOWN_SOCKET } from '../../../../src/decoders/protocol-signs.ts';
import { type Comparison, compare } from '../../../../src/panel/worker/compare.ts';
import { inlineDiffWorker } from '../../helpers/inline-large-task-worker.ts';

const breathe = async () => undefined;
const never = new AbortController().signal;
const SOCKETS = [UNKNOWN_SOCKET, UNKNOWN_SOCKET] as const;
/** Each more than is handed over at once. */
const numbers = Array.from({ length: 60_000 }, (_, index) => 10 ** 38 + 10 ** 34 * index);
const BEFORE = JSON.stringify(['x'.repeat(2_000_000), ...numbers]);
const AFTER = JSON.stringify(['x'.repeat(2_000_000), ...numbers.with(5, -7).with(50_000, 1.5), 1]);
const LONG: Comparison = { payloads: [BEFORE, AFTER], sockets: SOCKETS };

const startWith = (worker: ReturnType<typeof inlineDiffWorker>) => ({ startWorker: () => worker, breathe });

/** As plain arrays. */
async function compared(comparison: Comparison, helpers = startWith(inlineDiffWorker())) {
  const diff = await compare(comparison, helpers, never);
  return diff?.type === 'lines' ? { ...diff, lines: diff.lines.slice(0, diff.lines.length) } : diff;
}

describe('large payloads that are compared by a worker', () => {
  test('are handed over in parts and come back as they would be compared here', async () => {
    const worker = inlineDiffWorker();
    const diff = await compared(LONG, startWith(worker));
    expect(worker.requests.length).toBeGreaterThan(3);
    expect(worker.isEnded).toBe(true);
    expect(diff).toMatchObject({ type: 'lines', removed: 3, added: 4 });
    expect(diff).toEqual(diffPayloads(BEFORE, AFTER, SOCKETS));
  });

  test('may be bytes', async () => {
    const payloads = [new Uint8Array(2_200_000), new Uint8Array(2_200_000).fill(1, 2_199_999)] as const;
    expect(await compared({ payloads, sockets: SOCKETS })).toEqual(diffPayloads(...payloads));
  });

  test('lines are made only where they are asked for', async () => {
    const diff = await compare(LONG, startWith(inlineDiffWorker()), never);
    const lines = diff?.type === 'lines' ? diff.lines : undefined;
    expect(lines?.slice(7, 9)).toEqual([
      {
        kind: 'removed',
        text: '  1.0005e+38,',
        before: 8,
        after: undefined,
        changed: [{ start: 2, end: 12 }],
      },
      {
        kind: 'added',
        text: '  -7,',
        before: undefined,
        after: 8,
        changed: [{ start: 2, end: 4 }],
      },
    ]);
    expect(lines?.slice(60_000, 900_000)).toHaveLength((lines?.length ?? 0) - 60_000);
  });

  test.each([
    { payloads: ['a', 'a'], type: 'equal' },
    { payloads: ['a', Uint8Array.of(1)], type: 'kinds' },
    { payloads: ['a'.repeat(17_000_000), ''], type: 'too-large' },
  ] as const)('what cannot be shown as lines is said: $type', async ({ payloads, type }) => {
    expect(await compared({ payloads, sockets: SOCKETS })).toEqual({ type });
  });

  test('are not compared any more once nobody wants it, and the worker ends', async () => {
    const worker = inlineDiffWorker();
    const leaving = new AbortController();
    const helpers = { startWorker: () => worker, breathe: async () => leaving.abort() };
    expect(await compare(LONG, helpers, leaving.signal)).toBeUndefined();
    expect(worker.requests.filter(({ type }) => type === 'part')).toHaveLength(1);
    expect(worker.isEnded).toBe(true);
  });

  test('are compared on the spot where there is no worker, or it fails', async () => {
    const startWorker = () => {
      throw new Error('no workers here');
    };
    const short: Comparison = { payloads: ['[1]', '[2]'], sockets: SOCKETS };
    expect(await compare(short, { startWorker, breathe }, never)).toMatchObject({ type: 'lines' });
    const failing = inlineDiffWorker();
    failing.postMessage = () => failing.onerror?.(new ErrorEvent('error', { message: 'lost' }));
    expect(await compared(short, startWith(failing))).toMatchObject({ type: 'lines' });
  });
});
