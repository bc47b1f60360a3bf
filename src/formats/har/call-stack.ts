import { type Fields, isObject } from '../fields.ts';
import { amount, text } from './values.ts';

/** One call of a stack, or the name of what started an asynchronous part of it, which has no address. */
export interface Call {
  readonly name: string;
  readonly url: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** Most stacks and calls that are read: asynchronous calls can be chained endlessly. */
const MAX_CALLS = 64;

/**
 * The calls of an `_initiator`, the innermost first. Chrome writes what its protocol calls a stack trace there.
 * @see https://chromedevtools.github.io/devtools-protocol/tot/Runtime/#type-StackTrace
 */
export function readCalls(initiator: unknown): Call[] {
  const calls: Call[] = [];
  let stack: unknown = isObject(initiator) ? initiator.stack : undefined;
  for (let depth = 0; depth < MAX_CALLS && isObject(stack); depth++) {
    const part: unknown[] = Array.isArray(stack.callFrames) ? stack.callFrames : [];
    if (calls.length > 0) calls.push({ name: text(stack.description), url: '', line: 0, column: 0 });
    for (const call of part.slice(0, MAX_CALLS)) if (isObject(call)) calls.push(readCall(call));
    stack = stack.parent;
  }
  return calls.slice(0, MAX_CALLS);
}

function readCall(call: Fields): Call {
  return {
    name: text(call.functionName),
    url: text(call.url),
    line: amount(call.lineNumber) + 1,
    column: amount(call.columnNumber) + 1,
  };
}

/** A line of a stack in V8's format, like all other call stacks here. */
export function describeCall({ name, url, line, column }: Call): string {
  if (!url) return name ? `    — ${name} —` : '';
  const place = `${url}:${line}:${column}`;
  return name ? `    at ${name} (${place})` : `    at ${place}`;
}
