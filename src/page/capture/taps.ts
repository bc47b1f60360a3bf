import { MAX_TAPS } from '../natives/limits.ts';
import { makeWeakMap, readReadyState, readUrl } from '../natives/natives.ts';
import type { Caller } from './stack.ts';
import { type StreamMessages, Tap } from './tap.ts';

/** All taps of this document, in order of creation. */
export class Taps {
  readonly #bySocket = makeWeakMap<WebSocket, Tap>();
  /** The oldest; a linked list by `later`. */
  first: Tap | undefined;
  #last: Tap | undefined;
  #held = 0;
  #lastId = 0;

  add(
    socket: WebSocket,
    adopted: boolean,
    above: Caller | undefined,
    url = readUrl(socket),
    messages?: StreamMessages,
  ): Tap {
    const tap = new Tap(++this.#lastId, socket, adopted, above, url, messages);
    this.#bySocket.set(socket, tap);
    if (this.#last) this.#last.later = tap;
    else this.first = tap;
    this.#last = tap;
    if (++this.#held > MAX_TAPS) this.#forgetOldestClosed();
    return tap;
  }

  /** The tap of a socket; undefined for whatever is not a socket that has one. */
  of(socket: WebSocket): Tap | undefined {
    return this.#bySocket.get(socket);
  }

  withId(id: number): Tap | undefined {
    let tap = this.first;
    while (tap && tap.id !== id) tap = tap.later;
    return tap;
  }

  #forgetOldestClosed(): void {
    let before: Tap | undefined;
    for (let tap = this.first; tap; tap = tap.later) {
      if (tap.isClosed && tap.later) {
        if (before) before.later = tap.later;
        else this.first = tap.later;
        this.#held--;
        return;
      }
      before = tap;
    }
  }
}

/**
 * True for a WebSocket of any realm: only a genuine one answers the getter, and no trap of a page's Proxy runs.
 */
export function isSocket(value: unknown): value is WebSocket {
  try {
    readReadyState(value as WebSocket);
    return true;
  } catch {
    return false;
  }
}
