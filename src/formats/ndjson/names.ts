import { FrameFlag } from '../../protocol/frames.ts';
import type { GapReason } from '../../store/ledger.ts';

/** Version of the format; increased when an older reader would misunderstand a line. */
export const NDJSON_VERSION = 1;
/** Type of the first line. */
export const HEADER_TYPE = 'framescope';

/** Flags that are written, by their name in the file. */
export const MARKS = {
  panel: FrameFlag.byPanel,
  injected: FrameFlag.injected,
  replayed: FrameFlag.replayed,
  edited: FrameFlag.edited,
  discarded: FrameFlag.discarded,
} as const;
export type MarkName = keyof typeof MARKS;
export const MARK_NAMES = Object.keys(MARKS) as readonly MarkName[];

const REASONS: Readonly<Record<GapReason, true>> = {
  'before-panel': true,
  'over-credit': true,
  disconnected: true,
  paused: true,
  memory: true,
  left: true,
  imported: true,
  unexplained: true,
};
export const GAP_REASONS = Object.keys(REASONS) as readonly GapReason[];

export const READY_STATES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'] as const;
export const DIRECTIONS = ['sent', 'received'] as const;
export const DATA_FORMATS = ['text', 'binary'] as const;
