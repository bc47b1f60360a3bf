import { diffPayloads, type PayloadDiff } from '../../decoders/diff.ts';
import { type DiffLineList, UnpackedLines } from '../../decoders/diff-lines.ts';
import type { Payload } from '../../decoders/payload.ts';
import type { SocketWords } from '../../decoders/protocol-signs.ts';
import type { DiffAnswer, DiffWorker } from './diff-messages.ts';

/** UTF-16 units or bytes that are handed over at once: it takes about a ms. */
const PART = 2 * 1024 * 1024;

/** What comparing needs. */
export interface DiffHelpers {
  startWorker(): DiffWorker;
  /** A pause for input and pictures. */
  breathe(): Promise<void>;
}

/** The earlier payload, the later one, and the sockets of the two. */
export interface Comparison {
  readonly payloads: readonly [Payload, Payload];
  readonly sockets: readonly [SocketWords, SocketWords];
}

export type Compared = PayloadDiff<DiffLineList>;

/**
 * Compares two large payloads in a worker, which ends with it or with the signal. Where there is no worker it is done here: later is better
 * than not at all.
 * @returns undefined once the signal is aborted
 */
export async function compare(
  { payloads, sockets }: Comparison,
  { startWorker, breathe }: DiffHelpers,
  signal: AbortSignal,
): Promise<Compared | undefined> {
  let worker: DiffWorker | undefined;
  try {
    worker = startWorker();
    const answer = answerOf(worker, signal);
    for (const of of [0, 1] as const) {
      for (let at = 0; at < payloads[of].length && !signal.aborted; at += PART) {
        worker.postMessage({ type: 'part', of, part: payloads[of].slice(at, at + PART) });
        await breathe();
      }
    }
    worker.postMessage({ type: 'end', sockets });
    return unpacked(await answer);
  } catch {
    return signal.aborted ? undefined : diffPayloads(...payloads, sockets);
  } finally {
    worker?.terminate();
  }
}

function answerOf(worker: DiffWorker, signal: AbortSignal): Promise<DiffAnswer | undefined> {
  const answer = new Promise<DiffAnswer | undefined>((resolve, reject) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  answer.catch(() => undefined); // it may fail before anybody waits for it
  return answer;
}

function unpacked(answer: DiffAnswer | undefined): Compared | undefined {
  return answer?.type === 'lines' ? { ...answer, lines: new UnpackedLines(answer.lines) } : answer;
}
