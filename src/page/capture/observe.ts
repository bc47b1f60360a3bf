import { type CloseDetail, FrameFlag, FrameKind } from '../../protocol/frames.ts';
import { ReadyState } from '../../protocol/sockets.ts';
import {
  addListener,
  apply,
  dispatch,
  hasInPrototypeChain,
  now,
  readCloseCode,
  readCloseReason,
  readCloseWasClean,
  readData,
  readReadyState,
} from '../natives/natives.ts';
import type { Outbox } from './outbox.ts';
import { binaryPayload, isSharedBuffer, type Payload } from './payload.ts';
import { type Caller, captureStack, releaseStacks } from './stack.ts';
import type { Tap } from './tap.ts';
import { isSocket, type Taps } from './taps.ts';

export type Send = WebSocket['send'];
export type Close = WebSocket['close'];

/** Observes the sockets of this document and records what they do. */
export class Observer {
  /** The event that the panel is injecting at this moment, and the flags its frame gets. */
  #injected: { readonly event: Event; readonly flags: number } | undefined;

  constructor(
    readonly taps: Taps,
    readonly outbox: Outbox,
  ) {}

  /** Starts to observe a socket. Called before the page can have added a listener, unless the socket is adopted. */
  watch(socket: WebSocket, adopted: boolean, above: Caller | undefined): Tap {
    const tap = this.taps.add(socket, adopted, above);
    addListener(socket, 'open', (event) => event.isTrusted && this.happened(tap, FrameKind.open));
    addListener(socket, 'message', (event) => this.#message(tap, event));
    addListener(socket, 'error', (event) => event.isTrusted && this.happened(tap, FrameKind.error));
    addListener(socket, 'close', (event) => this.#closed(tap, event));
    this.outbox.changed(tap);
    return tap;
  }

  /** Observes what the constructor returned, unless another extension's constructor has returned something else. */
  created(value: WebSocket, above: Caller): void {
    if (isSocket(value) && !this.taps.of(value)) this.watch(value, false, above);
  }

  /**
   * The tap of a socket, whether or not it is older than the hook; undefined for anything else, and for sockets of another
   * realm than that of `prototype`, which that realm's own hook observes.
   */
  tapOf(value: unknown, prototype: WebSocket): Tap | undefined {
    const tap = this.taps.of(value as WebSocket);
    if (tap) return tap;
    // The type is tested first: asking a page's Proxy for its prototype would run its trap.
    const isOfRealm = isSocket(value) && hasInPrototypeChain(prototype, value);
    return isOfRealm ? this.watch(value, true, undefined) : undefined;
  }

  /**
   * Sends with the native method and records what was sent. An argument that is neither text nor binary is made a string
   * here, because the native method would run the page's `toString` a second time.
   * @param native of the realm whose errors are to be thrown
   * @throws whatever the native method throws; then nothing is recorded
   */
  send(
    tap: Tap,
    socket: WebSocket,
    data: unknown,
    flags: number,
    native: Send,
    above: Caller | undefined,
  ): void {
    const binary = typeof data === 'string' ? undefined : this.copied(data);
    const staysAsItIs = binary !== undefined || typeof data === 'symbol' || isSharedBuffer(data);
    const sent = staysAsItIs ? data : `${data}`;
    apply(native, socket, [sent as string]);
    const wasted = readReadyState(socket) >= ReadyState.closing;
    this.sent(
      tap,
      binary,
      binary === undefined ? `${sent}` : '',
      wasted ? flags | FrameFlag.discarded : flags,
      above,
    );
  }

  /** A copy of binary data; undefined for anything else. */
  copied(data: unknown): Payload | undefined {
    return binaryPayload(data, this.outbox.largest);
  }

  /** Records a message that was sent: `text` where there is nothing binary. */
  sent(tap: Tap, binary: Payload | undefined, text: Payload, flags: number, above: Caller | undefined): void {
    const time = now();
    const isText = binary === undefined;
    const kind = isText ? FrameKind.sentText : FrameKind.sentBinary;
    const stack = captureStack(above, time, false);
    this.outbox.record(tap, kind, flags, time, isText ? text : binary, stack, undefined);
  }

  /** Records a message that was received: text, or binary data of any form. */
  received(tap: Tap, data: unknown, flags: number): void {
    const isText = typeof data === 'string';
    const payload = isText ? data : this.copied(data);
    const kind = isText ? FrameKind.receivedText : FrameKind.receivedBinary;
    this.outbox.record(tap, kind, flags, now(), payload, undefined, undefined);
  }

  /**
   * Closes with the native method and records who asked.
   * @throws whatever the native method throws
   */
  close(tap: Tap, socket: WebSocket, args: readonly unknown[], by: 'page' | 'panel', native: Close): void {
    const before = readReadyState(socket);
    apply(native, socket, args as [number, string]);
    if (before >= ReadyState.closing) return;
    const code = args.length > 0 ? args[0] : undefined;
    const reason = args.length > 1 ? args[1] : undefined;
    this.closes(
      tap,
      by,
      typeof code === 'number' ? code : undefined,
      typeof reason === 'string' ? reason : undefined,
    );
  }

  /** Records who was the first to close a socket by script. */
  closes(tap: Tap, by: 'page' | 'panel', code?: number, reason?: string): void {
    if (tap.record.closing || tap.isClosed) return;
    if (tap.messages) tap.record.readyState = ReadyState.closing;
    tap.record.closing = { by, at: now(), code, reason };
    this.outbox.changed(tap);
  }

  /** Dispatches an event on a socket and records it as injected. What its listeners throw is reported by the browser. */
  inject(socket: WebSocket, event: Event, flags: number): void {
    this.#injected = { event, flags };
    dispatch(socket, event);
    this.#injected = undefined;
  }

  #message(tap: Tap, event: Event): void {
    const flags = this.#injected?.event === event ? this.#injected.flags : 0;
    // An event that the page dispatches itself never crossed the wire.
    if (event.isTrusted || flags !== 0) this.received(tap, readData(event), flags);
  }

  #closed(tap: Tap, event: Event): void {
    if (!event.isTrusted) return; // dispatched by the page
    this.happened(tap, FrameKind.close, {
      code: readCloseCode(event),
      reason: readCloseReason(event),
      wasClean: readCloseWasClean(event),
    });
  }

  /** Records an open, error or close event. */
  happened(tap: Tap, kind: FrameKind, close?: CloseDetail): void {
    const time = now();
    if (kind === FrameKind.open) tap.record.openedAt = time;
    if (close) {
      tap.record.closedAt = time;
      tap.record.close = close;
      releaseStacks();
    }
    this.outbox.changed(tap);
    this.outbox.record(tap, kind, 0, time, undefined, undefined, close);
  }
}
