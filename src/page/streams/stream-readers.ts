import { uncurryGetter, uncurryThis } from '../natives/natives.ts';
import type { Newable } from '../patch/patch.ts';

// That of all browsers is there; TypeScript's own type asks for more than is needed.
export const NativeReader = ReadableStreamDefaultReader as Newable<object> & {
  readonly prototype: ReadableStreamDefaultReader;
};
export const readables: ReadableStream = ReadableStream.prototype;
export const readers = NativeReader.prototype;
export const isReadableLocked = uncurryGetter(readables, 'locked') as (stream: object) => boolean;
export const getReader = uncurryThis(readables.getReader as () => object);
export const readWith = uncurryThis(readers.read) as (reader: object) => object;
export const cancelWith = uncurryThis(readers.cancel) as (reader: object, reason: unknown) => Promise<void>;
export const releaseLock = uncurryThis(readers.releaseLock) as (reader: object) => void;
export const readClosed = uncurryGetter(readers, 'closed') as (reader: object) => object;
