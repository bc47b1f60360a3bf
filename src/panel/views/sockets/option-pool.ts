import type { VNode } from 'preact';
import { tallyFrames } from '../../../store/ledger.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import type { SocketLine } from '../../model/sockets/socket-lines.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { drawOption, isLineSelected, type Place } from './socket-option.tsx';

/** Number of invisible options whose counts are updated at each redraw, in turn. */
const IN_TURN = 20;

/** An option in the list, and the values that it was drawn from. */
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

/** A line that is to be drawn. */
export interface PlacedLine {
  readonly line: SocketLine;
  /** In a list of which only a part is drawn. */
  readonly place: Place | undefined;
  readonly isInSight: boolean;
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

  /** @returns an option for each line, in their order */
  draw(lines: readonly PlacedLine[], selected: number | undefined): VNode[] {
    const behind: number[] = [];
    const options = lines.map((placed, index) => {
      const known = this.drawn.get(placed.line.socket);
      if (!known || !this.isSame(known, placed, selected)) return this.drawAnew(placed, selected);
      if (known.counts === this.countsOf(placed.line)) return known.node;
      if (placed.isInSight) return this.drawAnew(placed, selected);
      behind.push(index);
      return known.node;
    });
    this.catchUp(lines, selected, behind, options);
    return options;
  }

  private catchUp(
    lines: readonly PlacedLine[],
    selected: number | undefined,
    behind: readonly number[],
    options: VNode[],
  ): void {
    const next = behind.findIndex((index) => index >= this.turn);
    const ordered = [...behind.slice(Math.max(0, next)), ...behind.slice(0, Math.max(0, next))];
    for (const index of ordered.slice(0, IN_TURN)) {
      const placed = lines[index];
      if (placed) options[index] = this.drawAnew(placed, selected);
      this.turn = index + 1;
    }
    this.isBehind = behind.length > IN_TURN;
  }

  private drawAnew(placed: PlacedLine, selected: number | undefined): VNode {
    const { line, place } = placed;
    const { record, handshake, readyState } = line.socket;
    const node = drawOption(this.model, line, isLineSelected(line, selected), place);
    const look = this.lookOf(placed, selected);
    const counts = this.countsOf(line);
    this.drawn.set(line.socket, { record, handshake, readyState, look, counts, node });
    return node;
  }

  private isSame(drawn: Drawn, placed: PlacedLine, selected: number | undefined): boolean {
    const { socket } = placed.line;
    return (
      drawn.record === socket.record &&
      drawn.handshake === socket.handshake &&
      drawn.readyState === socket.readyState &&
      drawn.look === this.lookOf(placed, selected)
    );
  }

  private lookOf({ line, place }: PlacedLine, selected: number | undefined): string {
    const { colour, isPinned } = this.model.shelf.marks.of(line.socket);
    const { earlier, isOpen, isEarlier, isOneOfSeveral } = line;
    const where = place ? `${place.index}/${place.count}` : '';
    return `${isLineSelected(line, selected)} ${earlier.length} ${isOpen} ${isEarlier} ${isOneOfSeveral} ${colour} ${isPinned} ${where}`;
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
