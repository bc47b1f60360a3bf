import type { Close, Observer, Send } from '../capture/observe.ts';
import { type Caller, leaveStack } from '../capture/stack.ts';
import type { Tap } from '../capture/tap.ts';
import {
  apply,
  bare,
  construct,
  define,
  describe,
  NativeProxy,
  NativeWebSocket,
  webSocketPrototype,
} from '../natives/natives.ts';

type TapOf = (value: unknown) => Tap | undefined;

/**
 * Puts a Proxy over the constructor and over `send` and `close`. A Proxy answers every question (`name`, `length`, own keys,
 * `instanceof`, subclassing) as the native function does; wrappers and emulations do not.
 * @param global where the constructor is a property
 * @param prototype the browser's own
 * @param isOurs false once this hook has no more business in that realm
 */
export function patchWebSocket(
  observer: Observer,
  global: object = globalThis,
  Native = NativeWebSocket,
  prototype = webSocketPrototype,
  isOurs = () => true,
): void {
  const { send, close } = prototype;
  const proxy: typeof WebSocket = new NativeProxy(
    Native,
    constructing<WebSocket>(
      () => proxy,
      (socket, above) => isOurs() && observer.created(socket, above),
    ) as ProxyHandler<typeof WebSocket>,
  );
  const tapOf: TapOf = (value) => (isOurs() ? observer.tapOf(value, prototype) : undefined);
  replaceConstructor(global, 'WebSocket', Native, proxy);
  replace(prototype, 'send', send, new NativeProxy(send, sendHandler(observer, tapOf)));
  replace(prototype, 'close', close, new NativeProxy(close, closeHandler(observer, tapOf)));
}

/**
 * A Proxy handler that passes each object made by the native constructor to `created`, together with the hook's function on the stack
 * above which the page's own begin.
 */
export function constructing<Made extends object>(
  proxy: () => unknown,
  created: (made: Made, above: Caller, args: readonly unknown[]) => unknown,
): ProxyHandler<Newable<Made>> {
  function constructNative(target: Newable<Made>, args: unknown[], newTarget: unknown): Made {
    const isSubclass = newTarget !== proxy();
    let made: Made;
    try {
      made = construct(target, args, isSubclass ? (newTarget as Newable<Made>) : target);
    } catch (error) {
      // For a subclass, the error may come from a getter of the page for `prototype`.
      if (!isSubclass) leaveStack(error, args, constructNative);
      throw error;
    }
    created(made, constructNative, args);
    return made;
  }
  return bare({ construct: constructNative });
}

function sendHandler(observer: Observer, tapOf: TapOf): ProxyHandler<Send> {
  function applySend(target: Send, self: unknown, args: unknown[]): void {
    const tap = args.length > 0 ? tapOf(self) : undefined;
    try {
      if (!tap) apply(target, self, args as [string]);
      else observer.send(tap, self as WebSocket, args[0], 0, target, applySend);
    } catch (error) {
      leaveStack(error, args, applySend);
      throw error;
    }
  }
  return bare({ apply: applySend });
}

function closeHandler(observer: Observer, tapOf: TapOf): ProxyHandler<Close> {
  function applyClose(target: Close, self: unknown, args: unknown[]): void {
    const tap = tapOf(self);
    try {
      if (!tap) apply(target, self, args as [number, string]);
      else observer.close(tap, self as WebSocket, args, 'page', target);
    } catch (error) {
      leaveStack(error, args, applyClose);
      throw error;
    }
  }
  return bare({ apply: applyClose });
}

/** A constructor. */
export type Newable<Made> = new (...args: never[]) => Made;

/** Replaces a constructor and keeps `X.prototype.constructor === X`; if another extension has made that impossible, nothing changes. */
export function replaceConstructor(
  global: object,
  name: string,
  Native: { readonly prototype: object },
  proxy: unknown,
): void {
  const { prototype } = Native;
  const isReplaced = replace(global, name, Native, proxy);
  if (!isReplaced || replace(prototype, 'constructor', Native, proxy)) return;
  if (describe(prototype, 'constructor')?.value === Native) replace(global, name, proxy, Native);
}

/**
 * Gives a property another value and leaves the rest of its descriptor as it was. A property that does not simply hold `old`,
 * because another extension has been there before, is left alone.
 * @returns whether it has the new value
 */
export function replace(owner: object, key: PropertyKey, old: unknown, value: unknown): boolean {
  const descriptor = describe(owner, key);
  return descriptor?.value === old && define(owner, key, { ...descriptor, value });
}
