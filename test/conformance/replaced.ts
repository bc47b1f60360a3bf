/**
 * Runs in the page before a case: puts a function in the place of each one of the built-ins that scripts commonly replace. Each does
 * what it replaced, so that the case runs as ever, and tells of calls that come straight from the hook.
 * @returns names of the functions that the hook has called, to be read when the case is over
 */
export function replaceBuiltIns(): string[] {
  const { apply, construct, ownKeys, defineProperty, getOwnPropertyDescriptor, setPrototypeOf } = Reflect;
  const NativeError = Error;
  const NativeProxy = Proxy;
  const limits = Error as { stackTraceLimit?: number };
  const test = RegExp.prototype.test;
  const push = Array.prototype.push;
  const text = String;
  const called: string[] = [];
  // V8 writes a message before the calls, Firefox does not; above stands this function itself and the replaced one.
  const fromHook = /^(?:Error\n)?(?:[^\n]*\n){2}[^\n]*(?:chrome-extension:|<anonymous code>)/;
  // What the browser calls to convert what the page has given it: the hook stands between the two.
  const conversions = /\.(?:toString|valueOf|join|next|Symbol\(Symbol\.(?:iterator|toPrimitive)\))$/;
  let isLooking = false;

  function look(name: string): void {
    if (isLooking) return;
    isLooking = true;
    const { stackTraceLimit } = limits;
    try {
      if (stackTraceLimit) limits.stackTraceLimit = 3;
      const { stack } = new NativeError();
      if (apply(test, fromHook, [stack]) && !apply(test, conversions, [name])) apply(push, called, [name]);
    } finally {
      if (stackTraceLimit) limits.stackTraceLimit = stackTraceLimit;
      isLooking = false;
    }
  }

  function inPlaceOf(name: string, original: () => unknown): () => unknown {
    const replaced = function (this: unknown, ...args: unknown[]): unknown {
      look(name);
      return new.target ? construct(original, args, original) : apply(original, this, args as []);
    };
    for (const key of ['name', 'length'])
      defineProperty(replaced, key, getOwnPropertyDescriptor(original, key) as PropertyDescriptor);
    return replaced;
  }

  function replaceAll(owner: object, name: string): void {
    for (const key of ownKeys(owner)) {
      const descriptor = getOwnPropertyDescriptor(owner, key);
      if (key === 'constructor' || !descriptor || !(descriptor.configurable || descriptor.writable)) continue;
      setPrototypeOf(descriptor, null);
      const full = `${name}.${text(key)}`;
      if (typeof descriptor.value === 'function') descriptor.value = inPlaceOf(full, descriptor.value);
      if (descriptor.get) descriptor.get = inPlaceOf(`get ${full}`, descriptor.get);
      if (descriptor.set) descriptor.set = inPlaceOf(`set ${full}`, descriptor.set as () => unknown);
      defineProperty(owner, key, descriptor);
    }
  }

  /** A constructor or function of the page around one of the browser's. */
  function around(name: string, original: object): object {
    const handler: ProxyHandler<never> = {
      apply(target, self, args) {
        look(name);
        return apply(target as () => unknown, self, args as []) as unknown;
      },
      construct(target, args, newTarget) {
        look(`new ${name}`);
        return construct(target, args, newTarget === proxy ? target : newTarget) as object;
      },
    };
    setPrototypeOf(handler, null);
    const proxy: object = new NativeProxy(original as never, handler);
    return proxy;
  }

  function replaceGlobal(name: string): void {
    const descriptor = getOwnPropertyDescriptor(window, name);
    if (!descriptor || typeof descriptor.value !== 'function') return;
    setPrototypeOf(descriptor, null);
    descriptor.value = around(name, descriptor.value as object);
    defineProperty(window, name, descriptor);
  }

  const iterators = [[][Symbol.iterator](), new Map()[Symbol.iterator](), ''[Symbol.iterator]()];
  const owners: Record<string, object> = {
    JSON,
    Reflect,
    Object,
    Array,
    Promise,
    'Array.prototype': Array.prototype,
    'Object.prototype': Object.prototype,
    'Promise.prototype': Promise.prototype,
    'Map.prototype': Map.prototype,
    'WeakMap.prototype': WeakMap.prototype,
    'Set.prototype': Set.prototype,
    'String.prototype': String.prototype,
    'RegExp.prototype': RegExp.prototype,
    'EventTarget.prototype': EventTarget.prototype,
    'Event.prototype': Event.prototype,
    'MessageEvent.prototype': MessageEvent.prototype,
    'CloseEvent.prototype': CloseEvent.prototype,
    'MessagePort.prototype': MessagePort.prototype,
    'WebSocket.prototype': WebSocket.prototype,
    'Function.prototype': Function.prototype,
  };
  for (const iterator of iterators) owners[text(iterator)] = Object.getPrototypeOf(iterator) as object;
  for (const name of ownKeys(owners) as string[]) replaceAll(owners[name] as object, name);
  const globals = [
    ...['Array', 'Object', 'Promise', 'Proxy', 'Map', 'WeakMap', 'Set', 'WeakRef', 'String', 'Error', 'URL'],
    ...['ArrayBuffer', 'DataView', 'Uint8Array', 'Uint32Array', 'Float64Array', 'Blob', 'FileReader'],
    ...['Event', 'MessageEvent', 'MessageChannel', 'TextEncoder'],
  ];
  for (let index = 0; index < globals.length; index++) replaceGlobal(globals[index] as string);
  return called;
}
