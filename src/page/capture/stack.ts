import { BURST, MOST_WAITING, REFILL } from '../natives/limits.ts';
import { bare, define, deleteProperty, describe } from '../natives/natives.ts';
import { tryRead } from './payload.ts';

/**
 * A captured call stack. Capturing it costs about a microsecond; formatting it costs much more and is put off until the panel needs
 * it.
 */
export interface StackHolder {
  stack?: string;
  /** True for the stack of a constructor call: it is formatted when stacks of messages would be dropped. */
  readonly isKept: boolean;
  /** The one captured after this one, as long as neither is formatted. */
  later: StackHolder | undefined;
}

/** A function on the stack. */
export type Caller = (...args: never[]) => unknown;

type Capture = (holder: StackHolder, above: Caller) => void;

const NativeError = Error;
// Chrome, and Firefox from 138 on
const capture = (Error as { captureStackTrace?: Capture }).captureStackTrace;

/*
 * Until a stack is formatted, V8 keeps the functions on it and their receivers alive, also those that the page no longer needs. So only
 * the last stacks stay unformatted; of older ones those of sockets are formatted and those of messages dropped. When a socket has
 * closed, none stays.
 */
let oldest: StackHolder | undefined;
let newest: StackHolder | undefined;
let waiting = 0;

let isRecording = true;
let allowance = BURST;
let refilledAt = 0;

function mayCapture(time: number): boolean {
  allowance += (time - refilledAt) / REFILL;
  if (allowance > BURST) allowance = BURST;
  refilledAt = time;
  if (allowance < 1) return false;
  allowance--;
  return true;
}

/** Switches the recording on or off. */
export function recordStacks(on: boolean): void {
  isRecording = on;
}

/**
 * Remembers the present call stack, unless that is switched off or the allowance is used up.
 * @param time now, in ms since the epoch
 * @param above Call frames from this function on upwards are the hook's and are left out, if the browser supports that. Undefined if no script of the page is on the stack.
 * @param isKept that of a socket
 */
export function captureStack(
  above: Caller | undefined,
  time: number,
  isKept: boolean,
): StackHolder | undefined {
  if (!above || !capture || !isRecording || !mayCapture(time)) return undefined;
  // V8 asks it for a name and a message when it makes the text.
  const holder: StackHolder = bare({ stack: '', isKept, later: undefined });
  capture(holder, above);
  if (newest) newest.later = holder;
  else oldest = holder;
  newest = holder;
  if (++waiting > MOST_WAITING) releaseOldest(false);
  return holder;
}

/** A socket has closed: formats or drops all stacks, so that no object of the page is kept alive. */
export function releaseStacks(): void {
  while (oldest) releaseOldest(true);
}

function releaseOldest(isWorded: boolean): void {
  const holder = oldest;
  if (!holder) return;
  oldest = holder.later;
  if (!oldest) newest = undefined;
  holder.later = undefined;
  waiting--;
  if (!(isWorded || holder.isKept) || !formatStack(holder)) holder.stack = '';
}

/**
 * Removes the hook's functions from the stack of a browser's error, so that the page sees its own line. Where an argument is an
 * object the error may be the page's, thrown by a conversion, and stays as it is; and so it does in Firefox, whose errors
 * inherit `stack`.
 * @param args the page's arguments, which the browser has converted
 */
export function leaveStack(error: unknown, args: readonly unknown[], above: Caller): void {
  for (let index = 0; index < args.length; index++) {
    if (typeof args[index] === 'object' || typeof args[index] === 'function') return;
  }
  // What another extension's function throws may be a string, or frozen.
  if (capture) tryRead((holder) => describe(holder, 'stack') && capture(holder, above), error as StackHolder);
}

/**
 * The captured stack as text. V8 calls `Error.prepareStackTrace` to format it. A function of the page there must not run, so
 * it is removed for the moment; if that is not possible unnoticed, there is no stack.
 */
export function formatStack(holder: StackHolder | undefined): string | undefined {
  if (!holder) return undefined;
  const hook = describe(NativeError, 'prepareStackTrace');
  if (hook && (!hook.configurable || hook.get || hook.set)) return undefined;
  if (hook) deleteProperty(NativeError, 'prepareStackTrace');
  const { stack } = holder;
  if (hook) define(NativeError, 'prepareStackTrace', hook);
  return (typeof stack === 'string' && stack) || undefined;
}
