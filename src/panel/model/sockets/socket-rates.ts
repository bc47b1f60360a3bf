import { ReadyState } from '../../../protocol/sockets.ts';
import { tallyBytes, tallyFrames } from '../../../store/ledger.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';

/** Seconds that are kept. */
export const SECONDS = 30;
/** Seconds over which a rate is taken. */
const RATE_SECONDS = 3;

/** What a socket did of late. */
interface Series {
  /** As of the last look. */
  frames: number;
  bytes: number;
  /** Frames of each second; second n stands at n modulo their number. */
  readonly counts: Uint32Array;
  /** The last second in which there were frames. */
  active: number;
}

/**
 * Frames a second of each socket, from the accounts that are kept anyway: nothing is done for a frame. Accounts are looked at with pictures, and
 * once a second as long as there is something that will have to leave the curves.
 */
export class SocketRates {
  private readonly series = new WeakMap<PanelSocket, Series>();
  /** There are frames in the curves. */
  private isActive = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** Seconds since the epoch of the last look. */
  second = 0;

  constructor(
    private readonly sockets: () => readonly PanelSocket[],
    private readonly onSecond: () => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** Looks at all accounts, but at most once a second. */
  look(): void {
    const second = Math.floor(this.now() / 1000);
    // What has come since the last look is seen with the next one.
    if (second === this.second) return this.lookLater();
    this.second = second;
    this.isActive = false;
    for (const socket of this.sockets()) {
      const series = this.lookAt(socket, second);
      if (series && second - series.active <= SECONDS) this.isActive = true;
    }
    if (this.isActive) this.lookLater();
  }

  /** True while there is a curve to be drawn. */
  isMoving(socket: PanelSocket): boolean {
    const series = this.series.get(socket);
    return series !== undefined && this.second - series.active < SECONDS;
  }

  /** Frames of each of the last seconds, the newest last; undefined where there were none. */
  curve(socket: PanelSocket): number[] | undefined {
    const series = this.series.get(socket);
    if (!series || !this.isMoving(socket)) return undefined;
    return Array.from({ length: SECONDS }, (_, index) => this.at(series, this.second - SECONDS + 1 + index));
  }

  /** Frames a second in the mean of the last few. */
  rate(socket: PanelSocket): number {
    const series = this.series.get(socket);
    if (!series) return 0;
    let sum = 0;
    for (let back = 0; back < RATE_SECONDS; back++) sum += this.at(series, this.second - back);
    return sum / RATE_SECONDS;
  }

  /** Bytes as of the last look. */
  bytes(socket: PanelSocket): number {
    return this.series.get(socket)?.bytes ?? 0;
  }

  private lookLater(): void {
    this.timer ??= setTimeout(
      () => {
        this.timer = undefined;
        const wasActive = this.isActive;
        this.look();
        if (wasActive || this.isActive) this.onSecond();
      },
      1000 - (this.now() % 1000),
    );
  }

  private lookAt(socket: PanelSocket, second: number): Series | undefined {
    const known = this.series.get(socket);
    if (known && socket.readyState === ReadyState.closed && second - known.active > SECONDS) return undefined;
    const tally = socket.ledger.accounted();
    const frames = tallyFrames(tally);
    // What was there before the first look came at times that are not known.
    const series = known ?? { frames, bytes: 0, counts: new Uint32Array(SECONDS), active: 0 };
    if (!known) this.series.set(socket, series);
    const fresh = Math.max(0, frames - series.frames);
    for (let at = Math.max(series.active + 1, second - SECONDS + 1); at <= second; at++)
      series.counts[at % SECONDS] = 0;
    if (fresh > 0) {
      series.counts[second % SECONDS] = fresh;
      series.active = second;
    }
    series.frames = frames;
    series.bytes = tallyBytes(tally);
    return series;
  }

  private at({ counts, active }: Series, second: number): number {
    return second > active || active - second >= SECONDS ? 0 : (counts[second % SECONDS] ?? 0);
  }
}
