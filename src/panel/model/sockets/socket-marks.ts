import type { Signal } from '@preact/signals';
import { endpointOf } from '../../session/recording/lineage.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import type { SocketMark } from '../../settings/socket-marks.ts';

/** Endpoints that are remembered; those that were marked the longest ago are forgotten first. */
const MOST = 500;

const UNMARKED = { colour: 'none', isPinned: false, isHidden: false } as const;

/** How people have marked sockets, by their endpoint: what they chose holds for reconnects and in later sessions. */
export class SocketMarks {
  private byEndpoint: ReadonlyMap<string, SocketMark> = new Map();
  private readonly endpoints = new WeakMap<PanelSocket, string>();

  constructor(
    private readonly kept: Signal<readonly SocketMark[]>,
    onChange: () => void,
  ) {
    let isFirst = true; // a subscription begins with what is there
    kept.subscribe((marks) => {
      this.byEndpoint = new Map(marks.map((mark) => [mark.endpoint, mark]));
      if (!isFirst) onChange();
      isFirst = false;
    });
  }

  of(socket: PanelSocket): Omit<SocketMark, 'endpoint'> {
    return this.byEndpoint.size === 0 ? UNMARKED : (this.byEndpoint.get(this.endpointOf(socket)) ?? UNMARKED);
  }

  /** Which endpoints have which colour, as a text that is another one when that is; empty where none has any. */
  colours(): string {
    const coloured = [...this.byEndpoint.values()].filter(({ colour }) => colour !== 'none');
    return coloured.map(({ colour, endpoint }) => `${colour} ${endpoint}`).join('\n');
  }

  change(socket: PanelSocket, change: Partial<Omit<SocketMark, 'endpoint'>>): void {
    const endpoint = this.endpointOf(socket);
    const mark = { ...this.of(socket), ...change, endpoint };
    const others = this.kept.value.filter((other) => other.endpoint !== endpoint);
    const isMarked = mark.colour !== 'none' || mark.isPinned || mark.isHidden;
    this.kept.value = isMarked ? [...others, mark].slice(-MOST) : others;
  }

  /** Shows the endpoints of some sockets again. */
  show(sockets: readonly PanelSocket[]): void {
    const endpoints = new Set(sockets.map((socket) => this.endpointOf(socket)));
    const marks = this.kept.value.map((mark) =>
      endpoints.has(mark.endpoint) ? { ...mark, isHidden: false } : mark,
    );
    this.kept.value = marks.filter(
      ({ colour, isPinned, isHidden }) => colour !== 'none' || isPinned || isHidden,
    );
  }

  private endpointOf(socket: PanelSocket): string {
    const known = this.endpoints.get(socket);
    if (known !== undefined) return known;
    const endpoint = endpointOf(socket.record.url);
    this.endpoints.set(socket, endpoint);
    return endpoint;
  }
}
