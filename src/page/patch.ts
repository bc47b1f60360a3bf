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
import { captureStack } from './stack.ts';

/**
 * Puts a Proxy over the constructor and over `send` and `close`. A Proxy answers every question (`name`, `length`, own keys,
 * `instanceof`, subclassing) as the native function does; wrappers and emulations do not.
 */
export function patchWebSocket(observer: Observer): void {
  const proxy: typeof WebSocket = new Proxy(
    NativeWebSocket,
    constructorHandler(observer, (): typeof WebSocket => proxy),
  );
  replace(globalThis, 'WebSocket', proxy);
  replace(webSocketPrototype, 'constructor', proxy);
  replace(webSocketPrototype, 'send', new Proxy(nativeSend, sendHandler(observer)));
  replace(webSocketPrototype, 'close', new Proxy(nativeClose, closeHandler(observer)));
}

function constructorHandler(
  observer: Observer,
  proxy: () => typeof WebSocket,
): ProxyHandler<typeof WebSocket> {
  function constructSocket(target: typeof WebSocket, args: unknown[], newTarget: unknown): WebSocket {
    const socket: WebSocket = construct(
      target,
      args,
      newTarget === proxy() ? target : (newTarget as Newable),
    );
    observer.watch(socket, false, captureStack(constructSocket, now()));
    return socket;
  }
  return bare({ construct: constructSocket });
}

function sendHandler(observer: Observer): ProxyHandler<typeof nativeSend> {
  function applySend(target: typeof nativeSend, self: unknown, args: unknown[]): void {
    const tap = args.length > 0 ? observer.tapOf(self) : undefined;
    if (!tap) apply(target, self, args as [string]);
    else observer.send(tap, self as WebSocket, args[0], 0, applySend);
  }
  return bare({ apply: applySend });
}

function closeHandler(observer: Observer): ProxyHandler<typeof nativeClose> {
  function applyClose(target: typeof nativeClose, self: unknown, args: unknown[]): void {
    const tap = observer.tapOf(self);
    if (!tap) apply(target, self, args as [number, string]);
    else observer.close(tap, self as WebSocket, args, 'page');
  }
  return bare({ apply: applyClose });
}

type Newable = new () => WebSocket;

/** Gives a property another value and leaves the rest of its descriptor as it was. */
function replace(owner: object, key: string, value: unknown): void {
  const descriptor = describe(owner, key);
  if (descriptor) define(owner, key, { ...descriptor, value });
}
