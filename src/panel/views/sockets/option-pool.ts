import type { VNode } from 'preact';
import { tallyFrames } from '../../../store/ledger.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import type { SocketLine } from '../../model/sockets/socket-lines.ts';
import type { PanelSocket } from '../../session/sockets.ts';
import { drawOption, isLineSelected } from './socket-option.tsx';

/** Options that are drawn anew with every picture: more than a list shows at once. */
const IN_SIGHT = 60;
/** Options out of sight whose counts are brought up to date with one picture, in turn. */
const IN_TURN = 60;

/** An option as it stands in the list, and what it was drawn from. */
interface Drawn {
  readonly record: PanelSocket['record'];
  readonly handshake: PanelSocket['handshake'];
  readonly readyState: number;
  /** Of {@link lookOf}. */
  readonly look: string;
  /** Of {@link countsOf}. */
  readonly counts: string;
  readonly node: VNode;
}

/**
 * The options of the socket list. A picture costs about the same however many there are: what a socket is shows at once, how
 * many frames one out of sight has a few pictures later.
 */
export class OptionPool {
  /** Some counts are older than this picture. */
  isBehind = false;
  private readonly drawn = new WeakMap<PanelSocket, Drawn>();
  private turn = 0;

  constructor(private readonly model: PanelModel) {}

  /** @param sight index of the first option in sight */
  draw(
    lines: readonly SocketLine[],
    selected: number | undefined,
    sight: number,
  ): ReadonlyMap<PanelSocket, VNode> {
    const options = new Map<PanelSocket, VNode>();
    const behind: number[] = [];
    for (const [index, line] of lines.entries()) {
      const known = this.drawn.get(line.socket);
      const isInSight = index >= sight && index < sight + IN_SIGHT;
      const isUsable = known && this.isSame(known, line, selected);
      const hasCounted = known?.counts !== this.countsOf(line);
      if (isUsable && hasCounted && !isInSight) behind.push(index);
      const mayStay = isUsable && (!hasCounted || !isInSight);
      options.set(line.socket, mayStay ? known.node : this.drawAnew(line, selected));
    }
    this.catchUp(lines, selected, behind, options);
    return options;
  }

  private catchUp(
    lines: readonly SocketLine[],
    selected: number | undefined,
    behind: readonly number[],
    options: Map<PanelSocket, VNode>,
  ): void {
    const next = behind.findIndex((index) => index >= this.turn);
    const ordered = [...behind.slice(Math.max(0, next)), ...behind.slice(0, Math.max(0, next))];
    for (const index of ordered.slice(0, IN_TURN)) {
      const line = lines[index];
      if (line) options.set(line.socket, this.drawAnew(line, selected));
      this.turn = index + 1;
    }
    this.isBehind = behind.length > IN_TURN;
  }

  private drawAnew(line: SocketLine, selected: number | undefined): VNode {
    const { socket } = line;
    const { record, handshake, readyState } = socket;
    const node = drawOption(this.model, line, isLineSelected(line, selected));
    const look = this.lookOf(line, selected);
    this.drawn.set(socket, { record, handshake, readyState, look, counts: this.countsOf(line), node });
    return node;
  }

  private isSame(drawn: Drawn, line: SocketLine, selected: number | undefined): boolean {
    return (
      drawn.record === line.socket.record &&
      drawn.handshake === line.socket.handshake &&
      drawn.readyState === line.socket.readyState &&
      drawn.look === this.lookOf(line, selected)
    );
  }

  private lookOf(line: SocketLine, selected: number | undefined): string {
    const { colour, isPinned } = this.model.shelf.marks.of(line.socket);
    const { earlier, isOpen, isEarlier } = line;
    return `${isLineSelected(line, selected)} ${earlier.length} ${isOpen} ${isEarlier} ${colour} ${isPinned}`;
  }

  /** What a line says of frames; a curve is another one each second. */
  private countsOf({ socket, earlier }: SocketLine): string {
    const { rates } = this.model.shelf;
    let stored = tallyFrames(socket.ledger.stored);
    let dropped = socket.ledger.droppedFrames();
    for (const { ledger } of earlier) {
      stored += tallyFrames(ledger.stored);
      dropped += ledger.droppedFrames();
    }
    return `${stored} ${dropped} ${rates.isMoving(socket) ? rates.second : ''}`;
  }
}
