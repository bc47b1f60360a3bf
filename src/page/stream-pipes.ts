import { bare, settled, uncurryGetter, uncurryThis } from './natives.ts';
import type { Newable } from './patch.ts';

/** Told of what a pipe carries. */
export interface Onlooker {
  /** The source was asked for a chunk. */
  readonly reads: (promise: object) => void;
  /** The destination is given a chunk. */
  readonly passes: (chunk: unknown) => void;
  /** The source is at its end or has failed, and so will the destination be unless that option is set; without one the pipe has cancelled it. */
  readonly ends: (unless?: 'preventAbort' | 'preventClose') => void;
}

/** What a pipe reads in the place of its source. */
export interface Passage {
  readonly stream: object;
  /** Called once the browser has set up the pipe, or refused to. Returns whether it did. */
  readonly isTaken: () => boolean;
}

const NativeReadable = ReadableStream;
// That of all browsers is there; TypeScript's own type asks for more than is needed.
export const NativeReader = ReadableStreamDefaultReader as Newable<object> & {
  readonly prototype: ReadableStreamDefaultReader;
};
export const readables: ReadableStream = NativeReadable.prototype;
const readers = NativeReader.prototype;
const controllers = ReadableStreamDefaultController.prototype;
export const isReadableLocked = uncurryGetter(readables, 'locked') as (stream: object) => boolean;
const getReader = uncurryThis(readables.getReader as () => object);
const readWith = uncurryThis(readers.read) as (reader: object) => object;
const cancelWith = uncurryThis(readers.cancel) as (reader: object, reason: unknown) => Promise<void>;
const releaseLock = uncurryThis(readers.releaseLock) as (reader: object) => void;
const readClosed = uncurryGetter(readers, 'closed') as (reader: object) => object;
const enqueue = uncurryThis(controllers.enqueue) as (controller: object, chunk: unknown) => void;
const close = uncurryThis(controllers.close) as (controller: object) => void;
const fail = uncurryThis(controllers.error) as (controller: object, reason: unknown) => void;

/**
 * Lets somebody look on at what a pipe takes out of a readable. The pipe stays the browser's. It reads a stream that keeps nothing: whenever the
 * pipe asks that for a chunk, and not before, it asks the source for one. So no more leaves the source, and no sooner, than without it.
 */
export function passage(source: object, { reads, passes, ends }: Onlooker): Passage {
  const reader = getReader(source);
  let controller: object;
  let isOver = false;

  /** Whoever looks at the source when the pipe has ended finds it free. */
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
    stream,
    isTaken() {
      const isTaken = isReadableLocked(stream);
      if (!isTaken) {
        isOver = true;
        releaseLock(reader);
      }
      return isTaken;
    },
  };
}
