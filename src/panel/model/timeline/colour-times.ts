import { type GroupCounts, GroupTimes, NO_GROUP } from '../../../store/counts/group-times.ts';
import type { FrameStore } from '../../../store/frame-store.ts';
import type { Turns } from '../../platform/turns.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { SOCKET_COLOURS, type SocketColour } from '../../settings/socket-marks.ts';
import type { SocketMarks } from '../sockets/socket-marks.ts';

/** Colours that sockets can have, in the order of their groups. */
export const COLOURS = SOCKET_COLOURS.filter((colour) => colour !== 'none');

/** ms of counting per task: a quarter of an animation frame. */
const SLICE = 4;
/** ms between two redraws of what has been counted. */
const PICTURE_INTERVAL = 250;

/** What is needed of the panel to count messages by the colour of their socket. */
interface ColouredPanel {
  readonly store: FrameStore;
  readonly shelf: { readonly marks: SocketMarks };
  readonly turns: Turns;
  readonly session: {
    readonly recorder: { readonly sockets: { get(number: number): PanelSocket | undefined } };
  };
  touch(): void;
}

/** Counts messages by time and by the colour of their socket, while the timeline is visible and some sockets have a colour. */
export class ColourTimes {
  private counted:
    | { readonly store: FrameStore; readonly choices: string; readonly times: GroupTimes }
    | undefined;
  private isOn = false;
  private isOver = false;
  private drawnAt = 0;

  constructor(private readonly panel: ColouredPanel) {}

  /** The counts so far, keyed by the start of the timeline's buckets; undefined if no socket has a colour. */
  look(): ReadonlyMap<number, GroupCounts> | undefined {
    const times = this.timesNow();
    if (!times) return undefined;
    times.step(SLICE);
    this.goOn(times);
    return times.counts();
  }

  /** To be called when the counts are not shown any more. */
  end(): void {
    this.isOver = true;
  }

  /** The counts, started anew if the colours of sockets have changed or the list has been cleared. */
  private timesNow(): GroupTimes | undefined {
    const { store, shelf, session } = this.panel;
    const choices = shelf.marks.colours();
    if (choices === '') {
      this.counted = undefined;
      return undefined;
    }
    const { counted } = this;
    if (counted?.store === store && counted.choices === choices) return counted.times;
    const groupOf = (number: number) => {
      const socket = session.recorder.sockets.get(number);
      return socket ? groupOfColour(shelf.marks.of(socket).colour) : NO_GROUP;
    };
    const times = new GroupTimes(store, COLOURS.length, groupOf);
    this.counted = { store, choices, times };
    return times;
  }

  private goOn(times: GroupTimes): void {
    if (this.isOn || this.isOver || !times.isBehind) return;
    this.isOn = true;
    this.panel.turns(() => {
      this.isOn = false;
      if (this.isOver || times !== this.counted?.times) return;
      times.step(SLICE);
      const now = performance.now();
      if (!times.isBehind || now - this.drawnAt >= PICTURE_INTERVAL) {
        this.drawnAt = now;
        this.panel.touch();
      }
      this.goOn(times);
    });
  }
}

function groupOfColour(colour: SocketColour): number {
  return colour === 'none' ? NO_GROUP : COLOURS.indexOf(colour);
}
