import type { CloseDetail, FrameKind } from '../protocol/frames.ts';
import type { PageMessage, Refusal } from '../protocol/messages.ts';
import type { SocketGone, SocketRecord } from '../protocol/sockets.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { isReadable, pack } from './batch.ts';
import {
  addListener,
  append,
  fileReaderResult,
  NativeFileReader,
  NativeUint8Array,
  readAsArrayBuffer,
  viewByteLength,
} from './natives.ts';
import { heldSize, type Payload, wireSize } from './payload.ts';
import { type Entry, type Limits, Ring, UNCOUNTED } from './ring.ts';
import type { StackHolder } from './stack.ts';
import { count } from './tally.ts';
import type { Tap } from './tap.ts';
import type { Taps } from './taps.ts';

/** What is kept for a panel that is opened later. */
const HISTORY: Limits = { frames: 10_000, bytes: 8 * 1024 * 1024 };
/** What may wait for the panel that is open now. */
const BACKLOG: Limits = { frames: 500_000, bytes: 64 * 1024 * 1024 };
/** What may be on its way to the panel. Beyond a few MiB nothing gets faster, and a blocked panel costs memory. */
const IN_FLIGHT = { messages: 64, bytes: 4 * 1024 * 1024 };
/** While something is on its way, the next batch waits for this much or for the acknowledgement. */
const WORTH_POSTING = { frames: 2048, bytes: 256 * 1024 };

/** Values of {@link Entry.contentMessage}: no acknowledgement comes up to the one, any to the other. */
const NOT_POSTED = 1 / 0;
const DELIVERED = 0;

/**
 * Holds the last frames of the document and, while a panel is attached, posts them to it. There is no timer: the panel's
 * acknowledgements are the clock (as in Nagle's algorithm, RFC 896). When nothing is on its way a frame leaves at once; under
 * load frames gather until the panel has answered, so batches grow just as far as they have to.
 */
export class Outbox {
  readonly #ring = new Ring();
  #lastSeq = 0;
  #session: string | undefined = undefined;
  /** The first frame that has not been posted in this session. */
  #cursor: Entry | undefined = undefined;
  #pendingFrames = 0;
  #pendingBytes = 0;
  #newsOfSockets = false;
  #posted = { messages: 0, bytes: 0 };
  #acknowledged = { seq: 0, messages: 0, bytes: 0 };

  constructor(
    private readonly taps: Taps,
    private readonly post: (message: PageMessage) => void,
  ) {}

  /** Takes one frame, in the order in which the page sees it. */
  record(
    tap: Tap,
    kind: FrameKind,
    flags: number,
    time: number,
    payload: Payload | undefined,
    stack: StackHolder | undefined,
    close: CloseDetail | undefined,
  ): void {
    const seq = ++this.#lastSeq;
    const held = heldSize(payload);
    const entry: Entry = {
      seq,
      tap,
      kind,
      flags,
      time,
      payload,
      held,
      wireSize: UNCOUNTED,
      stack,
      close,
      contentMessage: NOT_POSTED,
      next: undefined,
    };
    this.#ring.push(entry);
    if (this.#session !== undefined) {
      this.#cursor ??= entry;
      this.#pendingFrames++;
      this.#pendingBytes += held;
    }
    this.#letGo();
    this.#flush();
  }

  /** Notes that a socket's record is no longer what the panel was told. */
  changed(tap: Tap): void {
    tap.refresh();
    tap.recordChanged = true;
    this.#newsOfSockets = true;
    this.#flush();
  }

  /** Tells the panel of sockets that have changed without an event. */
  poll(): void {
    for (let tap = this.taps.first; tap; tap = tap.next) {
      if (!tap.isClosed && tap.refresh()) {
        tap.recordChanged = true;
        this.#newsOfSockets = true;
      }
    }
    this.#flush();
  }

  /** Begins a session with a panel that has everything before the sequence number `from`. */
  attach(session: string, from: number): void {
    const acknowledgedMessages = this.#acknowledged.messages;
    this.#session = session;
    this.#posted = { messages: 0, bytes: 0 };
    this.#acknowledged = { seq: from - 1, messages: 0, bytes: 0 };
    const missedSome = (this.#ring.oldest?.seq ?? this.#lastSeq + 1) > from;
    this.#rewindTo(from, acknowledgedMessages);
    for (let tap = this.taps.first; tap; tap = tap.next) {
      tap.recordChanged = true;
      tap.goneChanged = missedSome;
    }
    this.#newsOfSockets = true;
    const nextSeq = this.#cursor ? this.#cursor.seq : this.#lastSeq + 1;
    this.post({ type: 'hello', session, version: PROTOCOL_VERSION, nextSeq });
    this.#flush();
  }

  /** Tells a panel of another version what this hook speaks, and nothing more. */
  refuse(session: string): void {
    this.post({ type: 'hello', session, version: PROTOCOL_VERSION, nextSeq: 0 });
  }

  detach(): void {
    this.#session = undefined;
    this.#cursor = undefined;
    this.#letGo();
  }

  /** The panel has all up to `seq`, and has seen the message with these counters. */
  acknowledge(seq: number, messages: number, bytes: number): void {
    this.#acknowledged = { seq, messages, bytes };
    this.#letGo();
    this.#flush();
  }

  answer(id: number, refusal: Refusal | undefined): void {
    this.#flush();
    this.post({ type: 'result', id, refusal });
  }

  /** Sets the cursor, and posts again the Blob contents which the panel has the rows of but may not have received. */
  #rewindTo(from: number, acknowledgedMessages: number): void {
    this.#cursor = undefined;
    this.#pendingFrames = 0;
    this.#pendingBytes = 0;
    for (let entry = this.#ring.oldest; entry; entry = entry.next) {
      if (entry.seq < from) {
        if (entry.contentMessage > acknowledgedMessages) this.#postContent(entry);
        else entry.contentMessage = DELIVERED;
        continue;
      }
      entry.contentMessage = NOT_POSTED;
      this.#cursor ??= entry;
      this.#pendingFrames++;
      this.#pendingBytes += entry.held;
    }
  }

  #letGo(): void {
    while (this.#ring.oldest && this.#ring.isOver(this.#limitsFor(this.#ring.oldest))) {
      const entry = this.#ring.shift();
      if (!entry) return;
      const { tap } = entry;
      count(tap.gone, entry.kind, countedWireSize(entry));
      if (entry !== this.#cursor) continue;
      this.#cursor = entry.next;
      this.#pendingFrames--;
      this.#pendingBytes -= entry.held;
      tap.goneChanged = true;
      this.#newsOfSockets = true;
    }
  }

  #limitsFor(entry: Entry): Limits {
    return this.#session !== undefined && entry.seq > this.#acknowledged.seq ? BACKLOG : HISTORY;
  }

  #flush(): void {
    while (this.#mayPost()) this.#postBatch();
  }

  #mayPost(): boolean {
    if (this.#session === undefined || (!this.#cursor && !this.#newsOfSockets)) return false;
    const messages = this.#posted.messages - this.#acknowledged.messages;
    if (messages === 0) return true;
    return (
      messages < IN_FLIGHT.messages &&
      this.#posted.bytes - this.#acknowledged.bytes < IN_FLIGHT.bytes &&
      (this.#pendingFrames >= WORTH_POSTING.frames || this.#pendingBytes >= WORTH_POSTING.bytes)
    );
  }

  #postBatch(): void {
    const { sockets, gone } = this.#takeNews();
    const first = this.#cursor;
    const packed = first ? pack(first) : undefined;
    if (packed) {
      this.#cursor = packed.rest;
      this.#pendingFrames -= packed.frames;
      this.#pendingBytes -= packed.bytes;
    }
    const credit = this.#charge(packed ? packed.bytes : 0);
    const observed = this.#lastSeq;
    this.post({ type: 'batch', credit, sockets, gone, frames: packed?.batch, observed });
    for (let entry = first; entry && entry !== packed?.rest; entry = entry.next) this.#postContent(entry);
  }

  #charge(bytes: number): { messages: number; bytes: number } {
    const posted = this.#posted;
    this.#posted = { messages: posted.messages + 1, bytes: posted.bytes + bytes };
    return this.#posted;
  }

  #takeNews(): { sockets: SocketRecord[]; gone: SocketGone[] } {
    const sockets: SocketRecord[] = [];
    const gone: SocketGone[] = [];
    if (!this.#newsOfSockets) return { sockets, gone };
    this.#newsOfSockets = false;
    for (let tap = this.taps.first; tap; tap = tap.next) {
      if (tap.recordChanged) append(sockets, tap.record());
      if (tap.goneChanged) append(gone, { socket: tap.id, gone: tap.gone });
      tap.recordChanged = false;
      tap.goneChanged = false;
    }
    return { sockets, gone };
  }

  /** Reads a Blob and posts what is in it. A FileReader, because `Blob.arrayBuffer()` would need a promise. */
  #postContent(entry: Entry): void {
    const { payload, seq } = entry;
    if (payload?.type !== 'blob' || !isReadable(payload.blob)) return;
    const session = this.#session;
    const reader = new NativeFileReader();
    addListener(reader, 'loadend', () => {
      if (this.#session !== session) return;
      const result = fileReaderResult(reader);
      const bytes = typeof result === 'object' && result !== null ? new NativeUint8Array(result) : undefined;
      const credit = this.#charge(bytes ? viewByteLength(bytes) : 0);
      this.post({ type: 'content', credit, seq, bytes });
      entry.contentMessage = credit.messages;
    });
    readAsArrayBuffer(reader, payload.blob);
  }
}

function countedWireSize({ payload, wireSize: known }: Entry): number {
  if (known !== UNCOUNTED) return known;
  return payload ? wireSize(payload) : 0;
}
