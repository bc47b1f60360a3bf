import { FrameKind } from '../../../protocol/frames.ts';

export function isSent(kind: FrameKind): boolean {
  return kind === FrameKind.sentText || kind === FrameKind.sentBinary;
}

export function isReceived(kind: FrameKind): boolean {
  return kind === FrameKind.receivedText || kind === FrameKind.receivedBinary;
}

/** True for rows that carry a message, as opposed to open, error, close and gap. */
export function isMessage(kind: FrameKind): boolean {
  return isSent(kind) || isReceived(kind);
}
