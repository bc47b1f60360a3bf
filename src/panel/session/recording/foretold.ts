import { type FrameBatch, FrameKind } from '../../../protocol/frames.ts';
import { ReadyState } from '../../../protocol/sockets.ts';
import type { PanelSocket } from './sockets.ts';

/** What the network log tells of a socket in the words of its page. */
export type ForetoldEvent = typeof FrameKind.open | typeof FrameKind.error;

/** Events whose rows the network log has written, where the page has yet to tell of them. */
export class Foretold {
  /** By the number of their socket. */
  private readonly expected = new Map<number, ForetoldEvent[]>();

  /** The page may tell of these events of a socket. */
  expect({ number, record }: PanelSocket, events: readonly ForetoldEvent[]): void {
    // Of what was before it was adopted, a page does not tell.
    const isAfter = record.adopted && record.readyState !== ReadyState.connecting;
    if (events.length > 0 && !isAfter) this.expected.set(number, [...events]);
  }

  /**
   * Finds what a page tells again, and has the page count it from now on.
   * @param skip index of the first frame
   * @param socketOf the socket by its id in the batch
   * @returns indices, in order; none of them is found another time
   */
  take(batch: FrameBatch, skip: number, socketOf: (id: number) => PanelSocket | undefined): number[] {
    if (this.expected.size === 0) return [];
    const found: number[] = [];
    for (let index = skip; index < batch.kinds.length; index++) {
      const kind = batch.kinds[index];
      if (kind !== FrameKind.open && kind !== FrameKind.error) continue;
      const socket = socketOf(batch.sockets[index] ?? 0);
      if (socket && this.isExpected(socket, kind)) found.push(index);
    }
    return found;
  }

  private isExpected({ number, ledger }: PanelSocket, kind: ForetoldEvent): boolean {
    const events = this.expected.get(number);
    if (!events?.includes(kind)) return false;
    const left = events.filter((event) => event !== kind);
    if (left.length > 0) this.expected.set(number, left);
    else this.expected.delete(number);
    ledger.foretold.events--;
    return true;
  }
}
