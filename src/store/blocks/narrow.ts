import { type FrameBatch, FrameFlag, FrameKind } from '../../protocol/frames.ts';

const WIDE = /[\u0100-\uffff]/;

/**
 * The text with one byte of memory a unit, if that is enough for it. Browsers keep text that they have received with two if any of its characters is
 * not ASCII, and so is what it is joined with; only what they parse anew is as small as it can be.
 *
 * This reads all of it. Text that is known to be ASCII is best left alone: it is as small already.
 */
export function narrow(text: string): string {
  if (WIDE.test(text)) return text;
  const parsed: unknown = JSON.parse(JSON.stringify(text));
  return typeof parsed === 'string' ? parsed : text;
}

/**
 * Whether a batch has text that is not ASCII in its pool of narrow text: on the wire, in UTF-8, that is longer than its units. No text is looked at for
 * it. To look at each, even with TextEncoder, took a twentieth of the frames a second, and Chrome searched the text more slowly afterwards.
 */
export function hasLatin1({ kinds, flags, lengths, sizes }: FrameBatch): boolean {
  for (let row = 0; row < kinds.length; row++) {
    if (lengths[row] === 0 || lengths[row] === sizes[row]) continue;
    const isText = kinds[row] === FrameKind.sentText || kinds[row] === FrameKind.receivedText;
    if (isText && ((flags[row] ?? 0) & FrameFlag.wide) === 0) return true;
  }
  return false;
}
