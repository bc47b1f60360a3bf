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

/** A copy that does not keep the whole alive: slices of strings may point into the string they were cut from. */
export function ownCopy(part: BlockContent): BlockContent {
  return typeof part === 'string' ? part.split('').join('') : part.slice();
}

/** Contents of one kind, one after the other. */
export function joined(pieces: readonly BlockContent[]): BlockContent {
  const texts = pieces.filter((piece) => typeof piece === 'string');
  if (texts.length > 0) return texts.join('');
  const parts = pieces.filter((piece) => typeof piece !== 'string');
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
