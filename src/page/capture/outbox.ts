import { BYTES_UNDER_WAY } from '../../protocol/credit.ts';
import { type CloseDetail, type FrameKind, INLINE_PAYLOAD, MAX_PAYLOAD } from '../../protocol/frames.ts';
import type { Credit, PageMessage, Refusal } from '../../protocol/messages.ts';
import type { SocketCount, SocketRecord } from '../../protocol/sockets.ts';
import { LAST_WORDS, PROTOCOL_VERSION } from '../../protocol/version.ts';
import {
  BACKLOG,
  DELIVERED,
  FEW,
  HISTORY,
  HISTORY_BYTES,
  MESSAGES_UNDER_WAY,
  NEWS,
  NOT_POSTED,
  PATIENCE,
  PATIENCE_ATTACHED,
  UNTOLD,
  WORTH_POSTING,
  WORTH_POSTING_BYTES,
} from '../natives/limits.ts';
import { append, now } from '../natives/natives.ts';
import { isStreamed, pack } from './batch.ts';
import { Contents } from './contents.ts';
import { heldSize, isBytes, type Payload } from './payload.ts';
import { countedWireSize, type Entry, Ring } from './ring.ts';
import type { StackHolder } from './stack.ts';
import { count } from './tally.ts';
import type { Tap } from './tap.ts';
import type { Taps } from './taps.ts';

/**
 * Holds the last frames of the document and, while a panel is attached, posts them to it. There is no timer: the panel's
 * acknowledgements are the clock (as in Nagle's algorithm, RFC 896). When no batch is in flight, a frame leaves at once; under
 * load, frames gather until the panel acknowledges, so batches grow only as far as needed. Large payloads follow their rows as far as
 * the batches leave credit.
 */
export class Outbox {
  readonly #ring = new Ring();
  #lastSeq = 0;
  #isAttached = false;
  /** A panel is attached and responds, or may do so again soon. */
  #isExpected = false;
  /** When it last responded, or was last expected to; ms since the epoch */
  #heardAt = 0;
  /** The document is being unloaded: nothing may wait any longer. */
  #isLeaving = false;
  /** The first frame that has not been posted in this session. */
  #cursor: Entry | undefined;
  #pendingFrames = 0;
  #pendingBytes = 0;
  #newsOfSockets = false;
  #postedMessages = 0;
  #postedBytes = 0;
  /** Number of the message that carried the last batch. */
  #lastBatch = 0;
  #takenSeq = 0;
  #takenMessages = 0;
  #takenBytes = 0;
  readonly #contents = new Contents(
    (seq, offset, total, part, length) => {
      const credit = this.#charge(length);
      this.#post({ type: 'content', credit, seq, offset, total, part });
      return credit.messages;
    },
    (bytes) => this.#isAttached && this.#hasRoom(bytes),
  );

  readonly #taps: Taps;
  readonly #post: (message: PageMessage, isLeaving?: boolean) => void;

  readonly #awaitEnd: (() => void) | undefined;

  /**
   * @param post `isLeaving`: the document is being unloaded, so the message must bypass the port
   * @param awaitEnd Has {@link leave} called when the document is unloaded. It is called with the first socket, because to be told of that takes
   *   time at the start of a page, and again and again, because `document.open()` removes all listeners.
   */
  constructor(taps: Taps, post: (message: PageMessage, isLeaving?: boolean) => void, awaitEnd?: () => void) {
    this.#taps = taps;
    this.#post = post;
    this.#awaitEnd = awaitEnd;
  }

  /** Longest payload that is held, in UTF-16 units or bytes. */
  get largest(): number {
    return this.#isExpected ? MAX_PAYLOAD : HISTORY_BYTES;
  }

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
    const silence = time - this.#heardAt;
    if (silence > (this.#isAttached ? PATIENCE_ATTACHED : PATIENCE)) {
      this.#isExpected = this.#isAttached && this.#postedMessages === this.#takenMessages;
    }
    const held = heldSize(payload);
    const entry = this.#ring.blank(tap);
    entry.tap = tap;
    entry.seq = ++this.#lastSeq;
    entry.kind = kind;
    entry.flags = flags;
    entry.time = time;
    entry.payload = payload;
    entry.held = held;
    entry.inline = held > INLINE_PAYLOAD || (typeof payload !== 'string' && !isBytes(payload)) ? 0 : held;
    entry.stack = stack;
    entry.close = close;
    tap.observed++;
    this.#ring.push(entry);
    if (held > this.largest) this.#ring.lighten(entry);
    if (isStreamed(entry)) entry.contentMessage = NOT_POSTED;
    if (this.#isAttached) {
      this.#cursor ??= entry;
      this.#pendingFrames++;
      this.#pendingBytes += entry.inline;
    }
    this.#letGo();
    this.#flush();
  }

  /** Notes that a socket's record differs from the one the panel has. */
  changed(tap: Tap): void {
    tap.refresh();
    tap.recordChanged = true;
    this.#newsOfSockets = true;
    this.#awaitEnd?.();
    this.#flush();
  }

  /** Reports sockets that have changed without an event, and how many frames there were. */
  poll(): void {
    this.#awaitEnd?.();
    for (let tap = this.#taps.first; tap; tap = tap.later) {
      if (!tap.isClosed) {
        tap.messages?.look();
        if (tap.refresh()) tap.recordChanged = true;
      }
      if (tap.recordChanged || tap.told !== tap.observed) this.#newsOfSockets = true;
    }
    this.#flush();
  }

  /**
   * Begins a session with a panel that has everything before the sequence number `from`.
   * @param withheld bytes of the credit to leave unused, for other documents
   */
  attach(session: string, from: number, withheld = 0): void {
    this.#isAttached = this.#isExpected = true;
    this.#isLeaving = session === LAST_WORDS;
    this.#rewindTo(from);
    this.#takenBytes = -withheld;
    for (let tap = this.#taps.first; tap; tap = tap.later) {
      tap.recordChanged = true;
      tap.told = UNTOLD;
    }
    this.#newsOfSockets = true;
    this.#post({ type: 'hello', session, version: PROTOCOL_VERSION }, this.#isLeaving);
    this.#flush();
  }

  detach(): void {
    this.#isAttached = false;
    this.#cursor = undefined;
    this.#contents.clear();
    this.#heardAt = now();
  }

  /**
   * Posts again what the panel has not acknowledged, because the document is being unloaded. If that happens before a panel could
   * attach, a few frames are posted all the same: they cost little.
   */
  leave(): void {
    if (this.#isAttached || this.#isExpected || this.#lastSeq <= FEW)
      this.attach(LAST_WORDS, this.#takenSeq + 1);
  }

  /** The panel has all frames up to `seq`, and has received the message with these counters. */
  acknowledge(seq: number, messages: number, bytes: number): void {
    if (this.#isLeaving) return; // it counts the messages of the session before
    this.#takenSeq = seq;
    this.#takenMessages = messages;
    this.#takenBytes = bytes;
    this.#isExpected = true;
    this.#heardAt = now();
    this.#letGo();
    this.#flush();
  }

  reply(id: number, refusal: Refusal | undefined): void {
    this.#flush();
    this.#post({ type: 'result', id, refusal });
  }

  /** Resets counters and cursor, and queues the contents of rows that the panel has but whose payload it may lack. */
  #rewindTo(from: number): void {
    this.#cursor = undefined;
    this.#pendingFrames = this.#pendingBytes = this.#postedMessages = this.#postedBytes = this.#lastBatch = 0;
    this.#contents.clear();
    for (let entry = this.#ring.oldest; entry; entry = entry.later) {
      const isDelivered = entry.contentMessage <= this.#takenMessages;
      const isNext = entry.seq >= from;
      // A payload that was dropped meanwhile must be reported, since its row promises it.
      entry.contentMessage = (isNext ? isStreamed(entry) : !isDelivered) ? NOT_POSTED : DELIVERED;
      if (isNext) {
        this.#cursor ??= entry;
        this.#pendingFrames++;
        this.#pendingBytes += entry.inline;
      } else if (!isDelivered) {
        this.#contents.add(entry);
      }
    }
    this.#takenMessages = 0;
    this.#takenSeq = from - 1;
  }

  /** Enforces the limits: drops the oldest payloads first, then the oldest frames. */
  #letGo(): void {
    const ring = this.#ring;
    let entry = ring.heaviest;
    for (
      ;
      entry && ring.bytes > (this.#isWanted(entry) ? MAX_PAYLOAD : HISTORY_BYTES);
      entry = ring.heaviest
    ) {
      if (this.#cursor && entry.seq >= this.#cursor.seq) this.#pendingBytes -= entry.inline;
      ring.lighten(entry);
    }
    entry = ring.oldest;
    for (; entry && ring.frames > (this.#isWanted(entry) ? BACKLOG : HISTORY); entry = ring.oldest) {
      const { tap } = entry;
      if (entry === this.#cursor) {
        this.#cursor = entry.later;
        this.#pendingFrames--;
        this.#pendingBytes -= entry.inline;
        tap.told = UNTOLD;
        this.#newsOfSockets = true;
      }
      ring.shift(entry);
      count(tap.gone, entry.kind, countedWireSize(entry));
    }
  }

  /** True for a frame that a panel (or one about to reconnect) still needs. */
  #isWanted(entry: Entry): boolean {
    return this.#isExpected && (entry.seq > this.#takenSeq || entry.contentMessage > this.#takenMessages);
  }

  #flush(): void {
    while (this.#mayPost()) this.#postBatch();
    this.#contents.flow();
  }

  #mayPost(): boolean {
    if (!this.#isAttached || (!this.#cursor && !this.#newsOfSockets)) return false;
    if (this.#lastBatch <= this.#takenMessages) return true;
    const isWorth = this.#pendingFrames >= WORTH_POSTING || this.#pendingBytes >= WORTH_POSTING_BYTES;
    return (isWorth || this.#isLeaving) && this.#hasRoom(1);
  }

  /** True if the credit allows so many more bytes in flight. */
  #hasRoom(bytes: number): boolean {
    return (
      this.#postedMessages - this.#takenMessages < MESSAGES_UNDER_WAY &&
      this.#postedBytes - this.#takenBytes + bytes <= BYTES_UNDER_WAY
    );
  }

  #postBatch(): void {
    const sockets: SocketRecord[] = [];
    const counts: SocketCount[] = [];
    this.#takeNews(sockets, counts);
    const first = this.#newsOfSockets ? undefined : this.#cursor; // no frame before its socket
    const packed = first ? pack(first) : undefined;
    if (packed) {
      this.#cursor = packed.following;
      this.#pendingFrames -= packed.frames;
      this.#pendingBytes -= packed.bytes;
    }
    const credit = this.#charge(packed ? packed.bytes : 0);
    this.#lastBatch = credit.messages;
    this.#post(
      { type: 'batch', credit, sockets, counts, frames: packed?.batch, observed: this.#lastSeq },
      this.#isLeaving,
    );
    for (let entry = first; entry && entry !== packed?.following; entry = entry.later) {
      if (isStreamed(entry)) this.#contents.add(entry);
    }
  }

  #charge(bytes: number): Credit {
    if (this.#postedMessages === this.#takenMessages) this.#heardAt = now();
    this.#postedBytes += bytes;
    return { messages: ++this.#postedMessages, bytes: this.#postedBytes };
  }

  /** Collects the sockets that have changed and, if many frames wait, the number of frames of each socket. */
  #takeNews(sockets: SocketRecord[], counts: SocketCount[]): void {
    if (!this.#newsOfSockets && this.#pendingFrames <= FEW) return;
    this.#newsOfSockets = false;
    for (let tap = this.#taps.first; tap && !this.#newsOfSockets; tap = tap.later) {
      const { id, observed, gone } = tap;
      if (tap.recordChanged) append(sockets, tap.describe());
      if (tap.told !== observed) append(counts, { socket: id, observed, gone });
      tap.recordChanged = false;
      tap.told = observed;
      this.#newsOfSockets = sockets.length > NEWS;
    }
  }
}
