import { type SocketWords, UNKNOWN_SOCKET } from '../../../decoders/protocol-signs.ts';
import type { FrameStore } from '../../../store/frame-store.ts';
import type { Turns } from '../../platform/turns.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { Latencies } from './latencies.ts';

/** ms of this work per task. */
const SLICE = 3;

/** What it needs to know about the panel. */
interface LatencyHost {
  readonly turns: Turns;
  /** What is known of a row's socket. */
  wordsOf(row: number): SocketWords;
  /** There is something to draw. */
  onChange(): void;
}

/** The panel, as far as it has to do with latencies. */
interface LatencyPanel {
  /** Undefined until they are watched. */
  latencies: LatencyWatch | undefined;
  readonly store: FrameStore;
  readonly turns: Turns;
  socketOf(row: number): PanelSocket | undefined;
  touch(): void;
}

/** How long replies took, computed bit by bit while it is shown. */
export class LatencyWatch {
  private latencies: Latencies | undefined;
  private store: FrameStore | undefined;
  private isOn = false;

  constructor(private readonly host: LatencyHost) {}

  /** To be called when rows have been added to a store whose latencies are shown. */
  consider(store: FrameStore): void {
    if (store !== this.store) {
      this.store = store;
      this.latencies = new Latencies(
        store,
        (row) => this.host.wordsOf(row),
        () => this.goOn(),
      );
    }
    this.goOn();
  }

  /** The row of the reply to a row, or of the request that it replies to; undefined if there is none, or none is known yet. */
  partner(row: number): number | undefined {
    return this.latencies?.partner(row);
  }

  private goOn(): void {
    if (this.isOn || !this.latencies?.isBehind) return;
    this.isOn = true;
    this.host.turns(() => {
      this.isOn = false;
      if (this.latencies?.step(SLICE)) this.host.onChange();
      this.goOn();
    });
  }
}

/** Computes how long the replies to new messages took. */
export function watchLatencies(panel: LatencyPanel): void {
  panel.latencies ??= new LatencyWatch({
    turns: panel.turns,
    wordsOf: (row) => panel.socketOf(row)?.words ?? UNKNOWN_SOCKET,
    onChange: () => panel.touch(),
  });
  panel.latencies.consider(panel.store);
}

/** ms from a message to its reply; undefined if no reply is known. */
export function latencyOf(
  store: FrameStore,
  watch: LatencyWatch | undefined,
  row: number,
): number | undefined {
  const partner = watch?.partner(row);
  return partner === undefined ? undefined : Math.abs(store.time(partner) - store.time(row));
}
