/** What a block holds: payloads one after the other, in UTF-16 units or bytes. */
export type BlockContent = string | Uint8Array;

/** Why a payload is not there any more: for want of memory and disk, or because the disk did not give it back. */
export type LossReason = 'memory' | 'broken';

/** `here`: in memory. `away`: on disk. */
export type BlockState = 'here' | 'away' | LossReason;

/** What blocks may take. */
export interface BlockLimits {
  /** bytes of memory */
  readonly bytes: number;
  /** bytes of disk; without it nothing goes there */
  readonly disk?: number;
}
