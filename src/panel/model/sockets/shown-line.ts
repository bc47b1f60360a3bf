import { ReadyState } from '../../../protocol/sockets.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import type { Filter } from '../filter/filter.ts';
import { FEWEST_FOLDED, type SocketLine } from './socket-lines.ts';
import type { SocketShelf } from './socket-shelf.ts';

/** Which line of the list of sockets is shown alone, and what becomes of that as sockets come and go. */
export class ShownLine {
  /** The next attempt is to be shown too: all of a folded line are, or it takes the place of a socket that was not closed when it was chosen. */
  followsReconnects = false;
  /** One attempt of a folded line was chosen by itself. */
  private isAlone = false;

  /** @param onShown told when the user is shown other sockets than before */
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
    const shown = filter.socket.value;
    const next =
      shown === undefined ? undefined : sockets.find(({ lineage }) => lineage.predecessor === shown);
    if (!next || this.isAlone) return;
    const attempts = attemptsTo(next, sockets);
    if (this.areFolded(attempts)) this.showWhole(attempts);
    else if (this.followsReconnects) filter.showNextAttempt(next.number);
  }

  /** What is one line in the list is one line here, also where it has only just become one. */
  private showWhole(attempts: readonly PanelSocket[]): void {
    const numbers = attempts.map(({ number }) => number);
    this.followsReconnects = true;
    this.filter.showSocket(numbers.at(-1), numbers.slice(0, -1));
  }

  private areFolded(attempts: readonly PanelSocket[]): boolean {
    const [first] = attempts;
    return (
      first !== undefined && attempts.length >= FEWEST_FOLDED && !this.shelf.open.value.has(first.number)
    );
  }

  /**
   * The socket that is shown alone may have gone with its page, or with a click on Clear, or been hidden; or it has turned out to be
   * another one, which is shown then.
   */
  leaveUnlisted(): void {
    const shown = this.filter.socket.value;
    if (shown === undefined || this.shelf.shown().some(({ number }) => number === shown)) return;
    this.showSocket(this.filter.shownBecame);
  }

  private showAttempts(newest: number | undefined, earlier: readonly number[]): void {
    const sockets = this.shelf.shown();
    const socket = sockets.find(({ number }) => number === newest);
    const isWhole = earlier.length > 0;
    this.isAlone = !isWhole && socket !== undefined && this.areFolded(attemptsTo(socket, sockets));
    const isOver = socket === undefined || socket.readyState === ReadyState.closed;
    this.followsReconnects = isWhole || !(isOver || this.isAlone);
    this.filter.showSocket(newest, earlier);
    this.onShown();
  }
}

/** The newest of all attempts that a socket began or goes on with, and those before it; the oldest first. */
function attemptsTo(one: PanelSocket, sockets: readonly PanelSocket[]): PanelSocket[] {
  const byNumber = new Map(sockets.map((socket) => [socket.number, socket]));
  const byPredecessor = new Map(sockets.map((socket) => [socket.lineage.predecessor, socket]));
  const attempts = [one];
  for (let socket: PanelSocket | undefined = one; socket; ) {
    socket = byNumber.get(socket.lineage.predecessor ?? -1);
    if (socket) attempts.unshift(socket);
  }
  for (let socket: PanelSocket | undefined = one; socket; ) {
    socket = byPredecessor.get(socket.number);
    if (socket) attempts.push(socket);
  }
  return attempts;
}
