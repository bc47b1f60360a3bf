import { define, deleteProperty, describe } from '../natives/natives.ts';
import type { Tools } from './tools.ts';

/** Property of the global object, from the end of the script for WebSocketStreams to the beginning of the hook, right after it. */
const JOIN = 'framescope-streams';

type Join = (tools: Tools) => void;

/** Leaves a function for the hook. Between the two scripts none of the page runs. */
export function leaveJoin(join: Join): void {
  define(globalThis, JOIN, { value: join, configurable: true });
}

/** Takes away what {@link leaveJoin} has left, also where the hook does not start. */
export function takeJoin(): Join | undefined {
  const join: Join | undefined = describe(globalThis, JOIN)?.value;
  deleteProperty(globalThis, JOIN);
  return join;
}
