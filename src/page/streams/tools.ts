import type { Observer } from '../capture/observe.ts';
import { tryRead } from '../capture/payload.ts';
import { leaveStack } from '../capture/stack.ts';
import { contentOf } from '../commands/commands.ts';
import { blobSize, describe, makeWeakMap, weakly } from '../natives/natives.ts';
import { constructing, replace, replaceConstructor } from '../patch/patch.ts';

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
  return {
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
  };
}
