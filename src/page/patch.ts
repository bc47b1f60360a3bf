import {
  apply,
  bare,
  construct,
  define,
  describe,
  NativeWebSocket,
  nativeClose,
  nativeSend,
  now,
  webSocketPrototype,
} from './natives.ts';
import type { Observer } from './observe.ts';
import { captureStack, leaveStack, type StackHolder } from './stack.ts';

/**
 * Puts a Proxy over the constructor and over `send` and `close`. A Proxy answers every question (`name`, `length`, own keys,
 * `instanceof`, subclassing) as the native function does; wrappers and emulations do not.
 */
export function patchWebSocket(observer: Observer): void {
  const proxy: typeof WebSocket = new Proxy(
    NativeWebSocket,
    constructing<WebSocket>(
      () => proxy,
      (socket, stack) => observer.created(socket, stack),
    ) as ProxyHandler<typeof WebSocket>,
  );
  replaceConstructor(proxy);
  replace(webSocketPrototype, 'send', nativeSend, new Proxy(nativeSend, sendHandler(observer)));
  replace(webSocketPrototype, 'close', nativeClose, new Proxy(nativeClose, closeHandler(observer)));
}

/** A handler whose `created` is told of each object that the native constructor has made. */
export function constructing<Made extends object>(
  proxy: () => unknown,
  created: (made: Made, stack: StackHolder | undefined) => void,
): ProxyHandler<Newable<Made>> {
  function constructNative(target: Newable<Made>, args: unknown[], newTarget: unknown): Made {
    const isSubclass = newTarget !== proxy();
    let made: Made;
    try {
      made = construct(target, args, isSubclass ? (newTarget as Newable<Made>) : target);
    } catch (error) {
      // The prototype of a subclass may be a getter of the page's.
      if (!isSubclass) leaveStack(error, args, constructNative);
      throw error;
    }
    created(made, captureStack(constructNative, now()));
    return made;
  }
  return bare({ construct: constructNative });
}

function sendHandler(observer: Observer): ProxyHandler<typeof nativeSend> {
  function applySend(target: typeof nativeSend, self: unknown, args: unknown[]): void {
    const tap = args.length > 0 ? observer.tapOf(self) : undefined;
    try {
      if (!tap) apply(target, self, args as [string]);
      else observer.send(tap, self as WebSocket, args[0], 0, applySend);
    } catch (error) {
      leaveStack(error, args, applySend);
      throw error;
    }
  }
  return bare({ apply: applySend });
}

function closeHandler(observer: Observer): ProxyHandler<typeof nativeClose> {
  function applyClose(target: typeof nativeClose, self: unknown, args: unknown[]): void {
    const tap = observer.tapOf(self);
    try {
      if (!tap) apply(target, self, args as [number, string]);
      else observer.close(tap, self as WebSocket, args, 'page');
    } catch (error) {
      leaveStack(error, args, applyClose);
      throw error;
    }
  }
  return bare({ apply: applyClose });
}

type Newable<Made> = new (...args: never[]) => Made;

/** `WebSocket.prototype.constructor === WebSocket` stays as it was: where another extension has made that impossible, both stay. */
function replaceConstructor(proxy: typeof WebSocket): void {
  const { prototype } = NativeWebSocket;
  const isReplaced = replace(globalThis, 'WebSocket', NativeWebSocket, proxy);
  if (!isReplaced || replace(prototype, 'constructor', NativeWebSocket, proxy)) return;
  if (describe(prototype, 'constructor')?.value === NativeWebSocket)
    replace(globalThis, 'WebSocket', proxy, NativeWebSocket);
}

/**
 * Gives a property another value and leaves the rest of its descriptor as it was. A property that does not simply hold `old`,
 * because another extension has been there before, is left alone.
 * @returns whether it has the new value
 */
export function replace(owner: object, key: string, old: unknown, value: unknown): boolean {
  const descriptor = describe(owner, key);
  return descriptor?.value === old && define(owner, key, { ...descriptor, value });
}
