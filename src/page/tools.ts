import { contentOf } from './commands.ts';
import { bare, blobSize, describe, makeWeakMap, weakly } from './natives.ts';
import type { Observer } from './observe.ts';
import { constructing, replace, replaceConstructor } from './patch.ts';
import { tryRead } from './payload.ts';
import { leaveStack } from './stack.ts';

/** What the hook lends to the script for WebSocketStreams, so that no page loads it twice. */
export interface Tools {
  readonly observer: Observer;
  readonly blobSize: typeof blobSize;
  readonly constructing: typeof constructing;
  readonly contentOf: typeof contentOf;
  readonly describe: typeof describe;
  readonly leaveStack: typeof leaveStack;
  readonly makeWeakMap: typeof makeWeakMap;
  readonly replace: typeof replace;
  readonly replaceConstructor: typeof replaceConstructor;
  readonly tryRead: typeof tryRead;
  readonly weakly: typeof weakly;
}

export function toolsOf(observer: Observer): Tools {
  return bare({
    observer,
    blobSize,
    constructing,
    contentOf,
    describe,
    leaveStack,
    makeWeakMap,
    replace,
    replaceConstructor,
    tryRead,
    weakly,
  });
}
