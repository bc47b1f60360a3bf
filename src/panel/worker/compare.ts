import { diffPayloads, type PayloadDiff } from '../../decoders/diff.ts';
import { type DiffLineList, UnpackedLines } from '../../decoders/diff-lines.ts';
import type { Payload } from '../../decoders/payload.ts';
import type { SocketWords } from '../../decoders/protocol-signs.ts';
import { askWorker, type LargeTaskHelpers, partsOf } from './ask-worker.ts';
import type { DiffAnswer, DiffRequest } from './diff-messages.ts';

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
  comparison: Comparison,
  helpers: LargeTaskHelpers<DiffRequest, DiffAnswer>,
  signal: AbortSignal,
): Promise<Compared | undefined> {
  try {
    return unpacked(await askWorker(requestsFor(comparison), helpers, signal));
  } catch {
    const { payloads, sockets } = comparison;
    return signal.aborted ? undefined : diffPayloads(...payloads, sockets);
  }
}

function* requestsFor({ payloads, sockets }: Comparison): Generator<DiffRequest> {
  for (const of of [0, 1] as const) {
    for (const part of partsOf(payloads[of])) yield { type: 'part', of, part };
  }
  yield { type: 'end', sockets };
}

function unpacked(answer: DiffAnswer | undefined): Compared | undefined {
  return answer?.type === 'lines' ? { ...answer, lines: new UnpackedLines(answer.lines) } : answer;
}
