import { FrameFlag } from '../../protocol/frames.ts';
import type { CommandPayload } from '../../protocol/messages.ts';
import type { CommandRefusal } from './commands-under-way.ts';
import type { PanelAction } from './session.ts';

/** One message of a replay. */
export interface ReplayStep {
  readonly action: 'send' | 'inject';
  readonly payload: CommandPayload;
  /** ms since the epoch at which the original passed */
  readonly time: number;
}

/** `gaps` keeps the original distances, each multiplied by `factor`. */
export type ReplayPace = { readonly type: 'at-once' } | { readonly type: 'gaps'; readonly factor: number };

export type ReplayEnd =
  | { readonly type: 'done' }
  | { readonly type: 'cancelled' }
  | { readonly type: 'refused'; readonly refusal: CommandRefusal };

/** Commands that may wait for their answers at the same time. */
const WINDOW = 64;

/**
 * Carries out the steps in order.
 * @param run carries out one action and answers why it was refused, if it was; a refusal ends the replay
 * @param onProgress told how many steps have been carried out
 */
export async function replay(
  steps: readonly ReplayStep[],
  pace: ReplayPace,
  run: (action: PanelAction) => Promise<CommandRefusal | undefined>,
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<ReplayEnd> {
  let done = 0;
  let refusal: CommandRefusal | undefined;
  const refused = new AbortController();
  const stop = AbortSignal.any([signal, refused.signal]);
  const stopped = new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()));
  const underWay = new Set<Promise<void>>();
  const start = performance.now();
  const firstTime = steps[0]?.time ?? 0;
  for (const step of steps) {
    if (pace.type === 'gaps') await until(start + (step.time - firstTime) * pace.factor, stop);
    if (underWay.size >= WINDOW) await Promise.race([...underWay, stopped]);
    if (stop.aborted) break;
    const running = run({ type: step.action, payload: step.payload, marks: FrameFlag.replayed }).then(
      (answer) => {
        underWay.delete(running);
        if (!answer) return onProgress(++done);
        refusal ??= answer;
        refused.abort();
      },
    );
    underWay.add(running);
  }
  // A page that hangs may never answer: who has cancelled does not wait for it.
  await Promise.race([Promise.all(underWay), stopped]);
  if (refusal) return { type: 'refused', refusal };
  return signal.aborted ? { type: 'cancelled' } : { type: 'done' };
}

/** Resolves at a time of `performance.now()`, or as soon as the signal aborts. */
function until(time: number, signal: AbortSignal): Promise<void> {
  const delay = time - performance.now();
  if (delay <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, delay);
    signal.addEventListener('abort', finish);
  });
}
