import { FrameKind } from '../../../protocol/frames.ts';
import { tallyFrames } from '../../../store/ledger.ts';
import type { Recorder } from './recorder.ts';

/**
 * Number of a frame among all frames of its socket, from 1; undefined if it belongs to none. No number is kept: all frames of a socket are
 * accounted for, so it is found by counting back from the newest.
 */
export function numberInSocket(recorder: Recorder, row: number): number | undefined {
  const { store, sockets } = recorder;
  const number = store.socket(row);
  const socket = sockets.get(number);
  if (!socket || store.kind(row) === FrameKind.gap) return undefined;
  let later = recorder.list.pausedFrames(number);
  for (let next = row + 1; next < store.endRow; ) {
    const stretch = store.stretch(next);
    const end = Math.min(stretch?.end ?? store.endRow, store.endRow);
    const isAmong = stretch?.hasSocket(number) === true; // which takes a look at all of its sockets
    for (; isAmong && next < end; next++) {
      if (store.socket(next) === number) later += store.gap(next)?.frames ?? 1;
    }
    next = end;
  }
  return tallyFrames(socket.ledger.accounted()) - later;
}
