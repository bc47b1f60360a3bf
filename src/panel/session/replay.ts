import type { CommandPayload } from '../../protocol/messages.ts';
import type { CommandRefusal } from './document-link.ts';
import type { PanelAction } from './session.ts';

/** One message of a replay. */
export interface ReplayStep {
  readonly action: 'send' | 'inject';
  readonly payload: CommandPayload;
  /** ms since the epoch at which the original passed */
  readonly time: number;
}

/** `gaps` keeps the original distances, `factor` times as fast. */
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
  const underWay = new Set<Promise<void>>();
  const start = performance.now();
  const firstTime = steps[0]?.time ?? 0;
  for (const step of steps) {
    if (pace.type === 'gaps') {
      await until(start + (step.time - firstTime) / pace.factor, signal);
    } else if (underWay.size >= WINDOW) {
      await Promise.race(underWay);
    }
    if (signal.aborted || refusal) break;
    const running = run({ type: step.action, payload: step.payload, replayed: true }).then((answer) => {
      underWay.delete(running);
      if (answer) refusal ??= answer;
      else onProgress(++done);
    });
    underWay.add(running);
  }
  await Promise.all(underWay);
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
