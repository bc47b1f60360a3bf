import type { LoggedSocket } from '../../../formats/har/read-entry.ts';
import type { Recorder } from '../recording/recorder.ts';
import type { PanelSocket } from '../recording/sockets.ts';
import { isOver, joinHandshakes } from './handshakes.ts';
import { ReadOnlySockets } from './read-only-sockets.ts';
import { SettledEntries } from './settled-entries.ts';
import { isKnown, WantedHandshakes } from './wanted-handshakes.ts';

/** Gives captured sockets their handshakes, and keeps account of what is still wanted and of what nobody has claimed. */
export class Joining {
  readonly readOnly: ReadOnlySockets;
  readonly wanted = new WantedHandshakes();
  readonly settled: SettledEntries;

  /** @param mostSettled entries that are remembered */
  constructor(
    private readonly recorder: Recorder,
    mostSettled: number,
  ) {
    this.readOnly = new ReadOnlySockets(recorder);
    this.settled = new SettledEntries(mostSettled);
  }

  /** Finds the captured sockets that entries belong to. */
  join(entries: readonly LoggedSocket[]): Map<LoggedSocket, PanelSocket> {
    const open = entries.filter(({ key }) => !this.settled.has(key));
    const captured = this.recorder.sockets.all().filter((socket) => !socket.readOnly && !isKnown(socket));
    const owners = joinHandshakes(open, captured);
    for (const [entry, socket] of owners) {
      socket.handshake = entry.handshake;
      this.readOnly.giveUp(entry, socket);
      if (!isOver(entry)) continue;
      this.settled.add(entry.key);
      this.wanted.found(socket);
    }
    return owners;
  }
}
