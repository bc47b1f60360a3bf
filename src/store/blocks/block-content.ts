/** The content of a block: payloads one after the other, in UTF-16 units or bytes. */
export type BlockContent = string | Uint8Array;

/** Why a payload has been lost: for lack of memory and disk space, or because it could not be read from disk. */
export type LossReason = 'memory' | 'broken';

/** `here`: in memory. `away`: on disk. */
export type BlockState = 'here' | 'away' | LossReason;

/** Limits of the space that blocks take. */
export interface BlockLimits {
  /** bytes of memory */
  readonly bytes: number;
  /** bytes of disk; without it nothing is written there */
  readonly disk?: number;
}

/** A copy that does not keep the whole alive: a slice may refer to the string that it was cut from. */
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
