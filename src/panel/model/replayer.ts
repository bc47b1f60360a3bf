import { signal } from '@preact/signals';
import type { CommandRefusal } from '../session/commands-under-way.ts';
import type { ReplayEnd, ReplayPace, ReplayStep } from '../session/replay.ts';
import type { PanelAction } from '../session/session.ts';

/** What becomes of received frames in a replay; sent ones are always sent. */
export type ReceivedTreatment = 'inject' | 'send' | 'skip';

export type ReplayState =
  | { readonly type: 'idle' }
  | { readonly type: 'running'; readonly done: number; readonly total: number }
  | { readonly type: 'ended'; readonly done: number; readonly total: number; readonly end: ReplayEnd };

/** The one replay that can run at a time. */
export class Replayer {
  readonly state = signal<ReplayState>({ type: 'idle' });
  readonly pace = signal<ReplayPace>({ type: 'at-once' });
  readonly received = signal<ReceivedTreatment>('inject');
  private abort: AbortController | undefined;

  async start(
    steps: readonly ReplayStep[],
    run: (action: PanelAction) => Promise<CommandRefusal | undefined>,
  ): Promise<void> {
    if (this.state.value.type === 'running') return;
    const total = steps.length;
    let done = 0;
    const abort = new AbortController();
    this.abort = abort;
    this.state.value = { type: 'running', done, total };
    const { replay } = await import('../session/replay.ts');
    const end = await replay(
      steps,
      this.pace.value,
      run,
      (count) => {
        done = count;
        this.state.value = { type: 'running', done, total };
      },
      abort.signal,
    );
    this.state.value = { type: 'ended', done, total, end };
  }

  cancel(): void {
    this.abort?.abort();
  }

  dismiss(): void {
    if (this.state.value.type === 'ended') this.state.value = { type: 'idle' };
  }
}
