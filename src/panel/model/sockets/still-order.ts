import type { ReadyState } from '../../../protocol/sockets.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import type { LineChoices } from './socket-lines.ts';

/** Keeps lines that are sorted by what changes all the time where they are, while somebody is about to act on one. */
export class StillOrder {
  isHeld = false;
  private readonly rates = new WeakMap<PanelSocket, number>();
  private readonly bytes = new WeakMap<PanelSocket, number>();
  private readonly states = new WeakMap<PanelSocket, ReadyState>();

  /** As given, but with the figures by which lines were last sorted before they were held. */
  choices(choices: LineChoices): LineChoices {
    return {
      ...choices,
      rate: (socket) => this.still(this.rates, socket, choices.rate),
      bytes: (socket) => this.still(this.bytes, socket, choices.bytes),
      state: (socket) => this.still(this.states, socket, choices.state),
    };
  }

  private still<Figure>(
    known: WeakMap<PanelSocket, Figure>,
    socket: PanelSocket,
    read: (socket: PanelSocket) => Figure,
  ): Figure {
    const last = this.isHeld ? known.get(socket) : undefined;
    const value = last ?? read(socket);
    known.set(socket, value);
    return value;
  }
}
