import { FrameKind } from '../../protocol/frames.ts';
import type { Tap } from '../capture/tap.ts';
import { isReadableLocked } from './stream-readers.ts';
import { isWritableLocked } from './stream-writers.ts';
import type { Tools } from './tools.ts';

/** The readable or the writable of a WebSocketStream; where a readable was split, each branch is one more. */
export interface End {
  readonly tap: Tap;
  readonly held: () => object | undefined;
  readonly isWritable: boolean;
  /** The branches of a readable share it. */
  readonly flow: { counted: number; isSplit: boolean };
  /** Number of messages that have been requested here. */
  asked: number;
  /** The holder of the lock is known, or a row already says that its messages are not seen. */
  isLockKnown: boolean;
  /** The last reader, writer or iterator. */
  holder: () => object | undefined;
  later: End | undefined;
}

/** The ends of all streams of the document. */
export interface Ends {
  /** The end that a readable, writable, reader, writer or iterator belongs to. */
  endOf(stream: object): End | undefined;
  writableOf(tap: Tap): End | undefined;
  /** Follows what a stream has opened. */
  follow(tap: Tap, readable: object, writable: object): void;
  /** A readable has been split in two. */
  fork(end: End | undefined, branches: readonly [object, object]): void;
  /** Records the reader, writer or iterator that now holds the lock of an end. */
  hold(end: End | undefined, holder: object): void;
  /** Reports readables and writables that are locked by a reader or writer that was not observed. */
  look(): void;
}

export function makeEnds({ observer, makeWeakMap, weakly }: Tools): Ends {
  const ends = makeWeakMap<object, End>();
  let first: End | undefined;

  function add(tap: Tap, stream: object, isWritable: boolean, flow: End['flow'], asked: number): void {
    const held = weakly(stream);
    first = { tap, held, isWritable, flow, asked, isLockKnown: false, holder: held, later: first };
    ends.set(stream, first);
  }

  return {
    hold(end, holder) {
      if (!end) return;
      ends.set(holder, end);
      end.isLockKnown = true;
      end.holder = weakly(holder);
    },

    writableOf(tap) {
      let end = first;
      while (end && !(end.tap === tap && end.isWritable)) end = end.later;
      return end;
    },

    look() {
      let before: End | undefined;
      for (let end = first; end; end = end.later) {
        const { tap, isWritable, isLockKnown } = end;
        const stream = end.held();
        if (!stream || tap.isClosed) {
          if (before) before.later = end.later;
          else first = end.later;
          continue;
        }
        before = end;
        end.isLockKnown = isWritable ? isWritableLocked(stream) : isReadableLocked(stream);
        if (isLockKnown || !end.isLockKnown) continue;
        tap.record.hasUnseen = true;
        observer.happened(tap, isWritable ? FrameKind.unseenSent : FrameKind.unseenReceived);
      }
    },

    follow(tap, readable, writable) {
      const flow = { counted: 0, isSplit: false };
      add(tap, readable, false, flow, 0);
      add(tap, writable, true, flow, 0);
    },

    endOf: (stream) => ends.get(stream),

    fork(end, branches) {
      if (!end) return;
      const { tap, flow, asked } = end;
      add(tap, branches[0], false, flow, asked);
      add(tap, branches[1], false, flow, asked);
      flow.isSplit = true;
      end.isLockKnown = true;
    },
  };
}
