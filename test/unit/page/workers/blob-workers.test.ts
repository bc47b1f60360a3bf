import '../../helpers/browser-globals.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

/** What workers were started with. */
const started: unknown[][] = [];

class FakeWorker {
  readonly startedAs: unknown;

  constructor(...args: unknown[]) {
    started.push(args);
    this.startedAs = new.target;
    if (args[0] === 'refused') throw new DOMException('no', 'SecurityError');
  }
}

class FakePolicies {
  #policy: object | null = null;

  get defaultPolicy(): object | null {
    return this.#policy;
  }

  setDefault(policy: object | null): void {
    this.#policy = policy;
  }
}

const policies = new FakePolicies();
const { createObjectURL, revokeObjectURL } = URL;

/** Puts the natives in place, and loads the patch, which takes them from there, anew. */
async function patched(copyOf: (url: string, blob: Blob) => string | undefined) {
  vi.resetModules();
  Object.assign(URL, { createObjectURL, revokeObjectURL });
  Object.defineProperty(globalThis, 'Worker', { value: FakeWorker, writable: true, configurable: true });
  Object.assign(FakeWorker.prototype, { constructor: FakeWorker });
  Object.defineProperty(globalThis, 'trustedTypes', { value: policies, configurable: true });
  const { patchBlobWorkers } = await import('../../../../src/page/workers/blob-workers.ts');
  const revoked: string[] = [];
  const asked: [string, Blob][] = [];
  patchBlobWorkers({
    copyOf: (url, blob) => {
      asked[asked.length] = [url, blob];
      return copyOf(url, blob);
    },
    revoked: (url) => void revoked.push(url),
  });
  return { asked, revoked };
}

const script = () => new Blob(['postMessage(1)'], { type: 'text/javascript' });
/** Starts a worker as plain script does, without the types. */
const start = (...args: unknown[]): FakeWorker => Reflect.construct(Worker, args);

let copies: Awaited<ReturnType<typeof patched>>;

beforeEach(async () => {
  started.length = 0;
  policies.setDefault(null);
  copies = await patched((url) => `${url}#copy`);
});

afterEach(() => {
  Object.assign(URL, { createObjectURL, revokeObjectURL });
});

describe('a worker is started from the copy', () => {
  test('if its URL is a string that the page has created for a Blob', () => {
    const blob = script();
    const url = URL.createObjectURL(blob);
    const options = { name: 'own' };
    expect(start(url, options).startedAs).toBe(FakeWorker);
    expect(started).toEqual([[`${url}#copy`, options]]);
    expect(started[0]?.[1]).toBe(options);
    expect(copies.asked).toEqual([[url, blob]]);
  });

  test('of a subclass, as a subclass', () => {
    class Own extends Worker {
      readonly own = 1;
    }
    const url = URL.createObjectURL(script());
    const worker = new Own(url);
    expect(worker).toBeInstanceOf(Own);
    expect(worker.own).toBe(1);
    expect(started).toEqual([[`${url}#copy`]]);
  });

  test('on a page that has poisoned the built-ins that could be used', () => {
    const url = URL.createObjectURL(script());
    const options = {};
    let touched = 0;
    const set = () => touched++;
    const { get } = Map.prototype;
    Object.defineProperty(Array.prototype, '1', { set, configurable: true });
    Map.prototype.get = () => void set();
    try {
      start(url, options);
    } finally {
      Map.prototype.get = get;
      Reflect.deleteProperty(Array.prototype, '1');
    }
    expect(touched).toBe(0);
    expect(started).toEqual([[`${url}#copy`, options]]);
  });
});

describe('a worker is left alone', () => {
  const cases: Readonly<Record<string, (url: string) => unknown>> = {
    'where its URL is from elsewhere': () => 'https://example.test/worker.js',
    'where it is an object': (url) => new URL(url),
    'where it has a fragment': (url) => `${url}#fragment`,
    'where it is a string object': (url) => Object(url),
    'where it was revoked': (url) => {
      URL.revokeObjectURL(url);
      return url;
    },
    'where it was revoked by way of an object': (url) => {
      Reflect.apply(URL.revokeObjectURL, URL, [{ toString: () => url }]);
      return url;
    },
    'where the page has a default policy of its own': (url) => {
      policies.setDefault({});
      return url;
    },
  };

  test.each(Object.entries(cases))('%s', (_, given) => {
    const url = given(URL.createObjectURL(script()));
    start(url);
    expect(started).toHaveLength(1);
    expect(started[0]?.[0]).toBe(url);
    expect(copies.asked).toEqual([]);
  });

  test('if there is no copy', async () => {
    await patched(() => undefined);
    const url = URL.createObjectURL(script());
    start(url);
    expect(started).toEqual([[url]]);
  });

  test('without arguments', () => {
    start();
    expect(started).toEqual([[]]);
  });
});

test('a copy is released once, with its URL', () => {
  const url = URL.createObjectURL(script());
  URL.revokeObjectURL(url);
  URL.revokeObjectURL(url);
  URL.revokeObjectURL('blob:elsewhere');
  expect(copies.revoked).toEqual([url]);
});

test('an argument of revokeObjectURL is converted to a string once', () => {
  const made = vi.fn(() => 'blob:x');
  Reflect.apply(URL.revokeObjectURL, URL, [{ toString: made }]);
  expect(made).toHaveBeenCalledOnce();
});

test('errors are those of the browser', () => {
  expect(() => start('refused')).toThrow(DOMException);
  expect(() => Reflect.apply(URL.createObjectURL, URL, ['no Blob'])).toThrow(TypeError);
  expect(() => Reflect.apply(URL.revokeObjectURL, URL, [Symbol('url')])).toThrow(TypeError);
});

test('the constructor looks as it did', () => {
  expect(Worker.name).toBe('FakeWorker');
  expect(Worker.prototype.constructor).toBe(Worker);
  expect(Object.getOwnPropertyDescriptor(globalThis, 'Worker')).toMatchObject({
    writable: true,
    enumerable: false,
    configurable: true,
  });
});
