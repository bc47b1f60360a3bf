import type { PanelSocket } from '../../session/sockets.ts';
import type { LineChoices } from './socket-lines.ts';

/** Keeps lines that are sorted by what changes all the time where they are, while somebody is about to click on one. */
export class StillOrder {
  isHeld = false;
  private readonly rates = new WeakMap<PanelSocket, number>();
  private readonly bytes = new WeakMap<PanelSocket, number>();

  /** As given, but with the figures by which lines were last sorted before they were held. */
  choices(choices: LineChoices): LineChoices {
    return {
      ...choices,
      rate: (socket) => this.still(this.rates, socket, choices.rate),
      bytes: (socket) => this.still(this.bytes, socket, choices.bytes),
    };
  }

  private still(
    known: WeakMap<PanelSocket, number>,
    socket: PanelSocket,
    read: (socket: PanelSocket) => number,
  ): number {
    const last = this.isHeld ? known.get(socket) : undefined;
    const value = last ?? read(socket);
    known.set(socket, value);
    return value;
  }
}
