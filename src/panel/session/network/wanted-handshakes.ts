import type { PanelSocket } from '../recording/sockets.ts';

/** The captured sockets whose handshakes are looked for in the network log, and how often that was in vain. */
export class WantedHandshakes {
  /** Sockets that have opened or failed without a handshake, with the number of readings in which it was missing. */
  private readonly tries = new Map<PanelSocket, number>();
  /** Every socket that has been considered, so that each is considered once. */
  private readonly noticed = new WeakSet<PanelSocket>();
  /** Sockets that the user looks at. One answer is enough for each. */
  private readonly asked = new Set<PanelSocket>();
  private readonly everAsked = new WeakSet<PanelSocket>();
  private readonly absent = new WeakSet<PanelSocket>();

  get areNone(): boolean {
    return this.tries.size === 0 && this.asked.size === 0;
  }

  /** @returns false for a socket that has been noticed before */
  notice(socket: PanelSocket): boolean {
    if (this.noticed.has(socket)) return false;
    this.noticed.add(socket);
    return true;
  }

  add(socket: PanelSocket): void {
    this.tries.set(socket, 0);
  }

  /**
   * The user looks at a socket.
   * @returns false if that was so before
   */
  ask(socket: PanelSocket): boolean {
    if (this.everAsked.has(socket)) return false;
    this.everAsked.add(socket);
    this.asked.add(socket);
    return true;
  }

  /** The whole handshake of a socket is known. */
  found(socket: PanelSocket): void {
    this.tries.delete(socket);
  }

  /** True once the handshake of a socket has been looked for in vain. */
  isAbsent(socket: PanelSocket): boolean {
    return this.absent.has(socket);
  }

  /** The log has been read, and what is still wanted was not in it. After `most` such readings a handshake counts as absent. */
  notFound(most: number): void {
    for (const [socket, before] of this.tries) {
      this.tries.set(socket, before + 1);
      if (before + 1 < most) continue;
      this.tries.delete(socket);
      this.absent.add(socket);
    }
    for (const socket of this.asked) this.absent.add(socket);
    this.asked.clear();
  }

  /** For each socket that is still wanted, the number of readings in vain. */
  triesSoFar(): Iterable<number> {
    return this.tries.values();
  }
}

/** The status is the last thing to become known of a handshake. Without one it may still come, or never. */
export function isKnown({ handshake }: PanelSocket): boolean {
  return handshake !== undefined && (handshake.status > 0 || handshake.failure !== '');
}
