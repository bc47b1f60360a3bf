import { signal } from '@preact/signals';
import type { ReplayCounts, ReplayEnd, ReplayPace } from '../../session/replay.ts';

/** What becomes of received frames in a replay; sent ones are always sent. */
export type ReceivedTreatment = 'inject' | 'send' | 'skip';

export type ReplayState =
  | { readonly type: 'idle' }
  | (ReplayCounts & { readonly type: 'running'; readonly total: number; cancel(): void })
  | (ReplayCounts & { readonly type: 'ended'; readonly total: number; readonly end: ReplayEnd });

/** The one replay that can run at a time; it is loaded when there is one. */
export class Replayer {
  readonly state = signal<ReplayState>({ type: 'idle' });
  readonly pace = signal<ReplayPace>({ type: 'at-once' });
  readonly received = signal<ReceivedTreatment>('inject');
}
