import type { VNode } from 'preact';
import { tallyFrames } from '../../../store/ledger.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import type { PanelSocket } from '../../session/sockets.ts';
import { drawOption } from './socket-option.tsx';

/** Options that are drawn anew with every picture: more than a list shows at once. */
const IN_SIGHT = 60;
/** Options out of sight whose counts are brought up to date with one picture, in turn. */
const IN_TURN = 60;

/** An option as it stands in the list, and what it was drawn from. */
interface Drawn {
  readonly record: PanelSocket['record'];
  readonly handshake: PanelSocket['handshake'];
  readonly readyState: number;
  readonly isSelected: boolean;
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

  /** @param sight index of the first option in sight */
  draw(
    model: PanelModel,
    sockets: readonly PanelSocket[],
    selected: number | undefined,
    sight: number,
  ): ReadonlyMap<PanelSocket, VNode> {
    const options = new Map<PanelSocket, VNode>();
    const behind: number[] = [];
    for (const [index, socket] of sockets.entries()) {
      const known = this.drawn.get(socket);
      const isSelected = socket.number === selected;
      const isInSight = index >= sight && index < sight + IN_SIGHT;
      const isUsable = known && isSame(known, socket, isSelected);
      const hasCounted = known?.counts !== countsOf(socket);
      if (isUsable && hasCounted && !isInSight) behind.push(index);
      const mayStay = isUsable && (!hasCounted || !isInSight);
      options.set(socket, mayStay ? known.node : this.drawAnew(model, socket, isSelected));
    }
    this.catchUp(model, sockets, selected, behind, options);
    return options;
  }

  private catchUp(
    model: PanelModel,
    sockets: readonly PanelSocket[],
    selected: number | undefined,
    behind: readonly number[],
    options: Map<PanelSocket, VNode>,
  ): void {
    const next = behind.findIndex((index) => index >= this.turn);
    const ordered = [...behind.slice(Math.max(0, next)), ...behind.slice(0, Math.max(0, next))];
    for (const index of ordered.slice(0, IN_TURN)) {
      const socket = sockets[index];
      if (socket) options.set(socket, this.drawAnew(model, socket, socket.number === selected));
      this.turn = index + 1;
    }
    this.isBehind = behind.length > IN_TURN;
  }

  private drawAnew(model: PanelModel, socket: PanelSocket, isSelected: boolean): VNode {
    const node = drawOption(model, socket, isSelected);
    const { record, handshake, readyState } = socket;
    this.drawn.set(socket, { record, handshake, readyState, isSelected, counts: countsOf(socket), node });
    return node;
  }
}

function isSame(drawn: Drawn, socket: PanelSocket, isSelected: boolean): boolean {
  return (
    drawn.record === socket.record &&
    drawn.handshake === socket.handshake &&
    drawn.readyState === socket.readyState &&
    drawn.isSelected === isSelected
  );
}

function countsOf({ ledger }: PanelSocket): string {
  return `${tallyFrames(ledger.stored)} ${ledger.droppedFrames()}`;
}
