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
import { captureStack, leaveStack } from './stack.ts';

/**
 * Puts a Proxy over the constructor and over `send` and `close`. A Proxy answers every question (`name`, `length`, own keys,
 * `instanceof`, subclassing) as the native function does; wrappers and emulations do not.
 */
export function patchWebSocket(observer: Observer): void {
  const proxy: typeof WebSocket = new Proxy(
    NativeWebSocket,
    constructorHandler(observer, (): typeof WebSocket => proxy),
  );
  replaceConstructor(proxy);
  replace(webSocketPrototype, 'send', nativeSend, new Proxy(nativeSend, sendHandler(observer)));
  replace(webSocketPrototype, 'close', nativeClose, new Proxy(nativeClose, closeHandler(observer)));
}

function constructorHandler(
  observer: Observer,
  proxy: () => typeof WebSocket,
): ProxyHandler<typeof WebSocket> {
  function constructSocket(target: typeof WebSocket, args: unknown[], newTarget: unknown): WebSocket {
    const isSubclass = newTarget !== proxy();
    let socket: WebSocket;
    try {
      socket = construct(target, args, isSubclass ? (newTarget as Newable) : target);
    } catch (error) {
      // The prototype of a subclass may be a getter of the page's.
      if (!isSubclass) leaveStack(error, args, constructSocket);
      throw error;
    }
    observer.created(socket, captureStack(constructSocket, now()));
    return socket;
  }
  return bare({ construct: constructSocket });
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

type Newable = new () => WebSocket;

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
function replace(owner: object, key: string, old: unknown, value: unknown): boolean {
  const descriptor = describe(owner, key);
  return descriptor?.value === old && define(owner, key, { ...descriptor, value });
}
