import { BURST, MOST_WAITING, REFILL } from './limits.ts';
import { bare, define, deleteProperty, describe } from './natives.ts';

/**
 * Where script stood. Taking it costs about a microsecond; turning it into text costs much more and waits until the
 * panel asks for it.
 */
export interface StackHolder {
  stack?: string;
  /** A socket's: it becomes text where that of a message goes. */
  readonly isKept: boolean;
  /** Taken after this one, as long as neither is text. */
  next: StackHolder | undefined;
}

/** A function on the stack. */
export type Caller = (...args: never[]) => unknown;

type Capture = (holder: StackHolder, above: Caller) => void;

const NativeError = Error;
// Chrome, and Firefox from 138 on
const capture = (Error as { captureStackTrace?: Capture }).captureStackTrace;

/*
 * Until a stack is text, V8 keeps the functions on it and the objects whose methods they are: what the page has let go would stay with
 * us. So the last ones alone wait; of older ones those of sockets become text and those of messages go, which costs no message anything.
 * When a socket has closed nothing waits.
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
 * @param above Frames from this function on upwards are ours and are left out, where the browser can do that. Without one, no script stood there.
 * @param isKept that of a socket
 */
export function captureStack(
  above: Caller | undefined,
  time: number,
  isKept: boolean,
): StackHolder | undefined {
  if (!above || !capture || !isRecording || !mayCapture(time)) return undefined;
  // V8 asks it for a name and a message when it makes the text.
  const holder: StackHolder = bare({ stack: '', isKept, next: undefined });
  capture(holder, above);
  if (newest) newest.next = holder;
  else oldest = holder;
  newest = holder;
  if (++waiting > MOST_WAITING) releaseOldest(false);
  return holder;
}

/** A socket has closed: nothing of the page's is held any more. */
export function releaseStacks(): void {
  while (oldest) releaseOldest(true);
}

function releaseOldest(isWorded: boolean): void {
  const holder = oldest;
  if (!holder) return;
  oldest = holder.next;
  if (!oldest) newest = undefined;
  holder.next = undefined;
  waiting--;
  if (!(isWorded || holder.isKept) || !formatStack(holder)) holder.stack = '';
}

/**
 * Takes our functions off the stack of an error of the browser's, so that the page is told its own line. Where an argument is an
 * object the error may be the page's, thrown by a conversion, and stays as it is; and so it does in Firefox, whose errors
 * inherit `stack`.
 * @param args what the page gave; the browser has converted it
 */
export function leaveStack(error: unknown, args: readonly unknown[], above: Caller): void {
  for (let index = 0; index < args.length; index++) {
    if (typeof args[index] === 'object' || typeof args[index] === 'function') return;
  }
  if (capture && describe(error as object, 'stack')) capture(error as StackHolder, above);
}

/**
 * The captured stack as text. V8 calls `Error.prepareStackTrace` to make it; a page that has put a function there must not
 * be run, so it is taken away for the moment, and where that cannot be done unseen there is no stack.
 */
export function formatStack(holder: StackHolder | undefined): string | undefined {
  if (!holder) return undefined;
  const hook = describe(NativeError, 'prepareStackTrace');
  if (!hook) return textOf(holder);
  if (!hook.configurable || hook.get || hook.set) return undefined;
  deleteProperty(NativeError, 'prepareStackTrace');
  const text = textOf(holder);
  define(NativeError, 'prepareStackTrace', hook);
  return text;
}

function textOf(holder: StackHolder): string | undefined {
  const { stack } = holder;
  return (typeof stack === 'string' && stack) || undefined;
}
