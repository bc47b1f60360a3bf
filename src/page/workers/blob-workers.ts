import { leaveStack } from '../capture/stack.ts';
import {
  append,
  apply,
  bare,
  blobSize,
  construct,
  getPrototypeOf,
  makeMap,
  NativeURL,
  uncurryGetter,
} from '../natives/natives.ts';
import { replace, replaceConstructor } from '../patch/patch.ts';

/** Where the copies are that have the hook in them. */
export interface Copies {
  /** The URL of a copy; undefined if the worker is to be started from its own script. */
  copyOf(url: string, blob: Blob): string | undefined;
  /** A URL does not exist any more. */
  revoked(url: string): void;
}

const NativeWorker = Worker;
const { createObjectURL: nativeCreate, revokeObjectURL: nativeRevoke } = URL;

interface Policies {
  readonly defaultPolicy: unknown;
}
const { trustedTypes: policies } = globalThis as { readonly trustedTypes?: Policies };
const readDefaultPolicy = policies && uncurryGetter(getPrototypeOf(policies) as Policies, 'defaultPolicy');

/**
 * Starts dedicated workers from copies of their scripts, where the script is a Blob of this page that it has made a URL of and has
 * given as a string. All else about a worker stays with the browser.
 */
export function patchBlobWorkers(copies: Copies): void {
  /** Blobs by the URLs that the page has made and not revoked. */
  const blobs = makeMap<string, Blob>();

  function copyFor(url: unknown): string | undefined {
    if (typeof url !== 'string' || hasDefaultPolicy()) return undefined;
    const blob = blobs.get(url);
    return blob && copies.copyOf(url, blob);
  }

  function applyCreate(target: typeof nativeCreate, self: unknown, args: unknown[]): string {
    let url: string;
    try {
      url = apply(target, self, args as [Blob]);
    } catch (error) {
      leaveStack(error, args, applyCreate);
      throw error;
    }
    if (isBlob(args[0])) blobs.set(url, args[0]);
    return url;
  }

  function applyRevoke(target: typeof nativeRevoke, self: unknown, args: unknown[]): void {
    try {
      if (args.length > 0 && typeof args[0] !== 'symbol') {
        // The native function would convert it a second time.
        const url = `${args[0]}`;
        args[0] = url;
        if (blobs.delete(url)) copies.revoked(url);
      }
      apply(target, self, args as [string]);
    } catch (error) {
      leaveStack(error, args, applyRevoke);
      throw error;
    }
  }

  function constructWorker(target: typeof Worker, given: unknown[], newTarget: unknown): Worker {
    const isSubclass = newTarget !== proxy;
    const copy = given.length > 0 ? copyFor(given[0]) : undefined;
    let args = given;
    if (copy !== undefined) {
      args = [copy];
      for (let index = 1; index < given.length; index++) append(args, given[index]);
    }
    try {
      return construct(target, args as [string], isSubclass ? (newTarget as typeof Worker) : target);
    } catch (error) {
      if (!isSubclass) leaveStack(error, given, constructWorker);
      throw error;
    }
  }

  const proxy: typeof Worker = new Proxy(NativeWorker, bare({ construct: constructWorker }));
  replaceConstructor(globalThis, 'Worker', NativeWorker, proxy);
  replace(NativeURL, 'createObjectURL', nativeCreate, new Proxy(nativeCreate, bare({ apply: applyCreate })));
  replace(NativeURL, 'revokeObjectURL', nativeRevoke, new Proxy(nativeRevoke, bare({ apply: applyRevoke })));
}

/** It is given each URL of a worker, and may have its own mind about ours. */
function hasDefaultPolicy(): boolean {
  return policies !== undefined && readDefaultPolicy !== undefined && readDefaultPolicy(policies) !== null;
}

function isBlob(value: unknown): value is Blob {
  try {
    blobSize(value as Blob);
    return true;
  } catch {
    return false; // a MediaSource
  }
}
