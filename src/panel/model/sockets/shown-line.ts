import type { PanelSocket } from '../../session/sockets.ts';
import type { Filter } from '../filter.ts';
import type { SocketLine } from './socket-lines.ts';
import type { SocketShelf } from './socket-shelf.ts';

/** Which line of the list of sockets is shown alone, and what becomes of that as sockets come and go. */
export class ShownLine {
  /** All attempts of a folded line are shown, and the next one is to be shown with them. */
  followsReconnects = false;

  /** @param onShown told when a person is shown other sockets than before */
  constructor(
    private readonly filter: Filter,
    private readonly shelf: SocketShelf,
    private readonly onShown: () => void,
  ) {}

  /** Shows one socket alone; undefined shows all. */
  showSocket(number: number | undefined): void {
    this.showAttempts(number, []);
  }

  /** Shows the rows of a line alone: those of all attempts that it stands for, and of those to come. */
  show({ socket, earlier, isOpen }: SocketLine): void {
    this.showAttempts(socket.number, isOpen ? [] : earlier.map(({ number }) => number));
  }

  /** New sockets may be attempts of the one that is shown, or to an endpoint that is hidden. */
  follow(sockets: readonly PanelSocket[]): void {
    const { filter } = this;
    const hides = this.shelf.hidden().length > 0;
    if (hides !== filter.isHiding) filter.setHiding(hides);
    if (!this.followsReconnects) return;
    const next = sockets.find(({ lineage }) => lineage.predecessor === filter.socket.value);
    if (next) filter.showNextAttempt(next.number);
  }

  /** The socket that is shown alone may have gone with its page, or with a click on Clear, or been hidden. */
  leaveUnlisted(): void {
    const shown = this.filter.socket.value;
    if (shown === undefined || this.shelf.shown().some(({ number }) => number === shown)) return;
    this.showSocket(undefined);
  }

  private showAttempts(newest: number | undefined, earlier: readonly number[]): void {
    this.followsReconnects = earlier.length > 0;
    this.filter.showSocket(newest, earlier);
    this.onShown();
  }
}
