import { bare, settled, uncurryThis } from '../natives/natives.ts';
import {
  cancelWith,
  getReader,
  isReadableLocked,
  readClosed,
  readWith,
  releaseLock,
} from './stream-readers.ts';

/** Callbacks for what a pipe carries. */
export interface Onlooker {
  /** The source was asked for a chunk. */
  readonly reads: (promise: object) => void;
  /** The destination is given a chunk. */
  readonly passes: (chunk: unknown) => void;
  /** The source is at its end or has failed, and so will the destination be unless that option is set; without one the pipe has cancelled it. */
  readonly ends: (unless?: 'preventAbort' | 'preventClose') => void;
  /** The browser has set up the pipe, which reads this stream in the place of its source. */
  readonly taken: (stream: object) => void;
}

/** A stream that a pipe reads instead of its source. */
export interface Passage {
  readonly receiver: object;
  /** Called once the browser has set up the pipe, or refused to. */
  readonly settle: () => void;
}

const NativeReadable = ReadableStream;
const controllers = ReadableStreamDefaultController.prototype;
const enqueue = uncurryThis(controllers.enqueue) as (controller: object, chunk: unknown) => void;
const close = uncurryThis(controllers.close) as (controller: object) => void;
const fail = uncurryThis(controllers.error) as (controller: object, reason: unknown) => void;

/**
 * Makes visible what a pipe reads. The pipe itself stays the browser's: it reads from a stream without a buffer, which requests a chunk
 * from the source only when the pipe requests one from it. So no more leaves the source, and no sooner, than without the passage.
 */
export function passage(source: object, { reads, passes, ends, taken }: Onlooker): Passage {
  const reader = getReader(source);
  let controller: object;
  let isOver = false;

  /** When the pipe has ended, the source is unlocked, as it would be without the passage. */
  function end(unless?: 'preventAbort' | 'preventClose'): void {
    isOver = true;
    releaseLock(reader);
    ends(unless);
  }

  function pull(): void {
    if (isOver) return;
    const promise = readWith(reader);
    reads(promise);
    settled(promise, ({ done, value }: IteratorResult<unknown>) => {
      if (isOver) return;
      if (done) {
        end('preventClose');
        close(controller);
      } else {
        enqueue(controller, value);
        passes(value);
      }
    });
  }

  const stream = new NativeReadable(
    bare({
      start(made: object): void {
        controller = made;
      },
      pull,
      cancel(reason: unknown): Promise<void> {
        const cancelled = cancelWith(reader, reason);
        end();
        return cancelled;
      },
    }),
    bare({ highWaterMark: 0 }),
  );
  // A source is closed a little before its last chunk is read: to ask for one more waits for that.
  settled(readClosed(reader), pull, (reason) => {
    if (isOver) return;
    end('preventAbort');
    fail(controller, reason);
  });

  return {
    receiver: stream,
    settle() {
      if (isReadableLocked(stream)) {
        taken(stream);
      } else {
        isOver = true;
        releaseLock(reader);
      }
    },
  };
}
