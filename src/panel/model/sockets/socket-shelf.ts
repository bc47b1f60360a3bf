import { signal } from '@preact/signals';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { SETTINGS } from '../../settings/schema.ts';
import type { Settings } from '../../settings/settings.ts';
import type { LineChoices } from './socket-lines.ts';
import { SocketMarks } from './socket-marks.ts';
import { SocketRates } from './socket-rates.ts';

export interface ShelfHost {
  /** There is another second of rates to be drawn. */
  readonly onSecond: () => void;
  /** Sockets have been marked in another way. */
  readonly onMark: () => void;
}

/** How the sockets are laid out in their list. */
export class SocketShelf {
  readonly marks: SocketMarks;
  readonly rates: SocketRates;
  /** Numbers of the first attempts of the lines that are open. */
  readonly open = signal<ReadonlySet<number>>(new Set());

  constructor(
    private readonly settings: Settings,
    private readonly all: () => readonly PanelSocket[],
    host: ShelfHost,
  ) {
    this.marks = new SocketMarks(settings.of(SETTINGS.socketMarks), host.onMark);
    this.rates = new SocketRates(all, host.onSecond);
  }

  /** Those that the user has not hidden. */
  shown(): PanelSocket[] {
    return this.all().filter((socket) => !this.marks.of(socket).isHidden);
  }

  hidden(): PanelSocket[] {
    return this.all().filter((socket) => this.marks.of(socket).isHidden);
  }

  /** By which the lines of the list are laid out. */
  choices(): LineChoices {
    const { marks, rates } = this;
    return {
      order: this.settings.of(SETTINGS.socketOrder).value,
      open: this.open.value,
      isPinned: (socket) => marks.of(socket).isPinned,
      rate: (socket) => rates.rate(socket),
      bytes: (socket) => rates.bytes(socket),
      state: (socket) => socket.readyState,
    };
  }

  setOpen(line: number, isOpen: boolean): void {
    const open = new Set(this.open.value);
    if (isOpen) open.add(line);
    else open.delete(line);
    this.open.value = open;
  }
}
