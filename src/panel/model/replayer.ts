import { signal } from '@preact/signals';
import type { ReplayCounts, ReplayEnd, ReplayMeans, ReplayPace, ReplayStep } from '../session/replay.ts';

/** What becomes of received frames in a replay; sent ones are always sent. */
export type ReceivedTreatment = 'inject' | 'send' | 'skip';

export type ReplayState =
  | { readonly type: 'idle' }
  | (ReplayCounts & { readonly type: 'running'; readonly total: number })
  | (ReplayCounts & { readonly type: 'ended'; readonly total: number; readonly end: ReplayEnd });

/** ms from one picture of the progress to the next */
const PICTURE = 50;

/** The one replay that can run at a time. */
export class Replayer {
  readonly state = signal<ReplayState>({ type: 'idle' });
  readonly pace = signal<ReplayPace>({ type: 'at-once' });
  readonly received = signal<ReceivedTreatment>('inject');
  private abort: AbortController | undefined;

  async start(steps: readonly ReplayStep[], means: Omit<ReplayMeans, 'onProgress'>): Promise<void> {
    if (this.state.value.type === 'running') return;
    const total = steps.length;
    let counts: ReplayCounts = { done: 0, missing: 0, unanswered: 0 };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = () => {
      timer = undefined;
      this.state.value = { type: 'running', ...counts, total };
    };
    const abort = new AbortController();
    this.abort = abort;
    show();
    const { replay } = await import('../session/replay.ts');
    const onProgress = (now: ReplayCounts) => {
      counts = now;
      timer ??= setTimeout(show, PICTURE);
    };
    const { payloadOf, run } = means;
    const end = await replay(steps, this.pace.value, { payloadOf, run, onProgress }, abort.signal);
    clearTimeout(timer);
    this.state.value = { type: 'ended', ...counts, total, end };
  }

  cancel(): void {
    this.abort?.abort();
  }
}
