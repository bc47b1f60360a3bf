import type { tryRead as TryRead } from '../capture/payload.ts';
import { uncurryGetter, uncurryThis } from '../natives/natives.ts';
import type { Newable } from '../patch/patch.ts';

export const NativeWriter = WritableStreamDefaultWriter as Newable<object> &
  typeof WritableStreamDefaultWriter;
export const writers = NativeWriter.prototype;
export const writables: WritableStream = WritableStream.prototype;
export const isWritableLocked = uncurryGetter(writables, 'locked') as (stream: object) => boolean;
const readDesiredSize = uncurryGetter(writers, 'desiredSize') as (writer: object) => unknown;
const getWriter = uncurryThis(writables.getWriter) as (stream: object) => object;
const writeWith = uncurryThis(writers.write) as (writer: object, data: unknown) => object;
const releaseLock = uncurryThis(writers.releaseLock) as (writer: object) => void;

/**
 * Writes as the page would: with its writer, or with a passing one where there is none.
 * @param holder whoever the stream was last seen to be locked by
 * @returns the promise of the write; undefined where the stream is gone, or locked by a writer that is not known
 */
export function writeTo(
  stream: object | undefined,
  holder: object | undefined,
  data: unknown,
  tryRead: typeof TryRead,
): object | undefined {
  if (!stream) return undefined;
  if (isWritableLocked(stream)) return isWriter(holder, tryRead) ? writeWith(holder, data) : undefined;
  const writer = getWriter(stream);
  const written = writeWith(writer, data);
  releaseLock(writer);
  return written;
}

/** True for a writer that holds its stream's lock and whose stream has not failed. */
export function isWriter(writer: object | undefined, tryRead: typeof TryRead): writer is object {
  return typeof tryRead(readDesiredSize, writer as object) === 'number';
}
