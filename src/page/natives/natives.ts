/**
 * The built-ins as they were before any script of the page ran. Everything in this folder calls these and never looks a method
 * up later: a page may replace or poison every one of them. For the same reason nothing here iterates (`for…of`, spread and
 * array destructuring call `Array.prototype[Symbol.iterator]`), assigns to an array index that does not exist yet (it would run
 * a setter on `Array.prototype`) or uses promises (`then` looks up `constructor`).
 */

import { SLEEP, STEP } from './limits.ts';

export const {
  apply,
  construct,
  getPrototypeOf,
  deleteProperty,
  defineProperty: nativeDefine,
  getOwnPropertyDescriptor: nativeDescribe,
  setPrototypeOf,
} = Reflect;

const { bind, call } = Function.prototype;
const { iterator: iteratorKey } = Symbol;
export const { asyncIterator: asyncIteratorKey } = Symbol;

/**
 * An object that inherits nothing. Whatever the language or the platform looks optional properties up in (a property
 * descriptor, a Proxy handler, an event's init dictionary) must be one: a page may have added any name to `Object.prototype`.
 */
export function bare<Shape extends object>(shape: Shape): Shape {
  setPrototypeOf(shape, null);
  return shape;
}

/** The descriptor of an own property; it can be handed to {@link define} as it is. */
export function describe(object: object, key: PropertyKey): PropertyDescriptor | undefined {
  const descriptor = nativeDescribe(object, key);
  return descriptor && bare(descriptor);
}

/** Defines a property from a {@link bare} descriptor. */
export function define(object: object, key: PropertyKey, descriptor: PropertyDescriptor): boolean {
  return nativeDefine(object, key, bare(descriptor));
}

/** Turns a method into a function that takes its `this` first. */
/* @__NO_SIDE_EFFECTS__ */
export function uncurryThis<This, Args extends unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
): (self: This, ...args: Args) => Result {
  return apply(bind, call, [method]);
}

/** Turns the getter of a property into a function. */
/* @__NO_SIDE_EFFECTS__ */
export function uncurryGetter<Self extends object, Key extends keyof Self & string>(
  prototype: Self,
  name: Key,
): (self: Self) => Self[Key] {
  return uncurryThis(nativeDescribe(prototype, name)?.get as (this: Self) => Self[Key]);
}

export const NativeProxy = Proxy;

/** The constructor as it is found: another extension whose script ran before this one may have put its own in place. */
export const NativeWebSocket = WebSocket;
/** The browser's own prototype, also behind another extension's subclass. */
export const webSocketPrototype = /* @__PURE__ */ ((): WebSocket => {
  let prototype = NativeWebSocket.prototype;
  for (let next = prototype; next !== EventTarget.prototype; next = getPrototypeOf(next) as WebSocket)
    prototype = next;
  return prototype;
})();
export const nativeSend = webSocketPrototype.send;
export const nativeClose = webSocketPrototype.close;
export const readUrl = uncurryGetter(webSocketPrototype, 'url');
export const readReadyState = uncurryGetter(webSocketPrototype, 'readyState');
export const readProtocol = uncurryGetter(webSocketPrototype, 'protocol');
export const readExtensions = uncurryGetter(webSocketPrototype, 'extensions');
export const readBinaryType = uncurryGetter(webSocketPrototype, 'binaryType');
export const readBufferedAmount = uncurryGetter(webSocketPrototype, 'bufferedAmount');

/** `hasInPrototypeChain(prototype, object)` */
export const hasInPrototypeChain = uncurryThis(Object.prototype.isPrototypeOf);

export const addListener = uncurryThis(EventTarget.prototype.addEventListener) as (
  target: EventTarget,
  type: string,
  listener: (event: Event) => void,
  /** An object must be {@link bare}. */
  options?: true | AddEventListenerOptions,
) => void;
export const dispatch = uncurryThis(EventTarget.prototype.dispatchEvent);
export const NativeMessageEvent = MessageEvent;
export const readData = uncurryGetter(MessageEvent.prototype, 'data') as (event: Event) => unknown;
export const readCloseCode = uncurryGetter(CloseEvent.prototype, 'code') as (event: Event) => number;
export const readCloseReason = uncurryGetter(CloseEvent.prototype, 'reason') as (event: Event) => string;
export const readCloseWasClean = uncurryGetter(CloseEvent.prototype, 'wasClean') as (event: Event) => boolean;

export const post = uncurryThis(MessagePort.prototype.postMessage) as (
  port: MessagePort,
  message: unknown,
) => void;
export const NativeMessageChannel = MessageChannel;

export const NativeUint8Array = Uint8Array;
export const NativeUint32Array = Uint32Array;
export const NativeFloat64Array = Float64Array;
const typedArrayPrototype = /* @__PURE__ */ getPrototypeOf(Uint8Array.prototype) as Uint8Array;
export const setBytes = uncurryThis(typedArrayPrototype.set);
export const viewBuffer = uncurryGetter(typedArrayPrototype, 'buffer');
export const viewByteOffset = uncurryGetter(typedArrayPrototype, 'byteOffset');
export const viewByteLength = uncurryGetter(typedArrayPrototype, 'byteLength');
export const dataViewBuffer = uncurryGetter(DataView.prototype, 'buffer');
export const dataViewByteOffset = uncurryGetter(DataView.prototype, 'byteOffset');
export const dataViewByteLength = uncurryGetter(DataView.prototype, 'byteLength');
export const bufferByteLength = uncurryGetter(ArrayBuffer.prototype, 'byteLength');
export const isView = ArrayBuffer.isView;
export const NativeDataView = DataView;

/** The name of a typed array's type, or undefined for anything else, whatever its prototype says. */
export const typedArrayName = uncurryThis(
  /* @__PURE__ */ nativeDescribe(typedArrayPrototype, Symbol.toStringTag)?.get as (
    this: unknown,
  ) => string | undefined,
);

export const NativeBlob = Blob;
export const blobSize = uncurryGetter(Blob.prototype, 'size');
export const NativeFileReader = FileReader;
export const readAsArrayBuffer = uncurryThis(FileReader.prototype.readAsArrayBuffer);
export const fileReaderResult = uncurryGetter(FileReader.prototype, 'result');

export const charCodeAt = uncurryThis(String.prototype.charCodeAt);
/** The source of a function of any realm. */
export const sourceOf = uncurryThis(Function.prototype.toString) as (value: unknown) => string;
export const substring = uncurryThis(String.prototype.substring);
const NativeTextEncoder = TextEncoder;
const encode = uncurryThis(TextEncoder.prototype.encodeInto);
let encoder: TextEncoder | undefined;
let room: Uint8Array<ArrayBuffer>;
/** Encodes up to {@link STEP} units of text, to see how many bytes they become. Made with the first text, not at the start of each page. */
export function encodeInto(text: string): TextEncoderEncodeIntoResult {
  if (!encoder) {
    encoder = new NativeTextEncoder();
    room = new NativeUint8Array(3 * STEP);
  }
  return encode(encoder, text, room);
}
/** A RegExp that stays whole: `exec` on a RegExp of our own reads nothing but its own `lastIndex`. */
export const regExpExec = uncurryThis(RegExp.prototype.exec);

export const NativeURL = URL;

const clock = performance;
const readClock = uncurryThis(clock.now);
const readDate = Date.now;
let { timeOrigin } = clock;

/**
 * Milliseconds since the epoch with fractions. It never runs backwards within a document, whatever happens to the clock, and
 * so tells true distances between frames. In most browsers `performance.now()` stands still while the computer sleeps; what it has
 * missed is added.
 */
export function now(): number {
  const time = readClock(clock);
  const missed = readDate() - timeOrigin - time;
  if (missed > SLEEP) timeOrigin += missed;
  return timeOrigin + time;
}

const NativeWeakMap = WeakMap;
const { get: weakGet, set: weakSet } = NativeWeakMap.prototype;

/** A WeakMap of ours whose methods are its own, out of the page's reach, also where the page has run before. */
export function makeWeakMap<Key extends object, Value>(): WeakMap<Key, Value> {
  const map = new NativeWeakMap<Key, Value>();
  define(map, 'get', { value: weakGet });
  define(map, 'set', { value: weakSet });
  return map;
}

/** A Map of ours whose methods are its own, out of the page's reach. */
export function makeMap<Key, Value>(): Map<Key, Value> {
  const map = new Map<Key, Value>();
  define(map, 'get', { value: map.get });
  define(map, 'set', { value: map.set });
  define(map, 'delete', { value: map.delete });
  return map;
}

const NativeWeakRef = WeakRef;
const deref = uncurryThis(WeakRef.prototype.deref) as <Held extends object>(
  ref: WeakRef<Held>,
) => Held | undefined;

/** A function that returns the object for as long as something else keeps it alive. */
export function weakly<Held extends object>(object: Held): () => Held | undefined {
  const ref = new NativeWeakRef(object);
  return () => deref(ref);
}

const then = uncurryThis(
  Promise.prototype.then as (
    done: ((value: never) => void) | undefined,
    failed: (reason: unknown) => void,
  ) => object,
);

/**
 * Calls one of two functions when a promise is settled, before whoever gets the promise next. `then` would ask the promise's
 * `constructor`, which a page may have replaced, what to make; an own one of `undefined` stands for the browser's. The promise
 * counts as handled from then on.
 */
export function settled(
  promise: object,
  done?: (value: never) => void,
  failed: (reason: unknown) => void = () => undefined,
): void {
  define(promise, 'constructor', { value: undefined, configurable: true });
  then(promise, done, failed);
  deleteProperty(promise, 'constructor');
}

/** Appends to an array without running a setter that the page may have put on `Array.prototype`. */
export function append<Item>(list: Item[], item: Item): void {
  define(list, list.length, { value: item, writable: true, enumerable: true, configurable: true });
}

/** A sequence of one item for a platform constructor, which would otherwise ask `Array.prototype` how to iterate. */
export function sequenceOf<Item>(item: Item): Item[] {
  let done = true;
  const next = () => {
    done = !done;
    return bare({ done, value: item });
  };
  const list = [item];
  define(list, iteratorKey, { value: () => bare({ next }) });
  return list;
}
