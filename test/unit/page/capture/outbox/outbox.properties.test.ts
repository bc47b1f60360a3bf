import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameFlag, FrameKind, type Tally } from '../../../../../src/protocol/frames.ts';
import type { PageMessage } from '../../../../../src/protocol/messages.ts';
import { type UnpackedFrame, unpack } from '../../../helpers/frames.ts';
import { blobOf, finishReadings, Page } from '../../../helpers/page.ts';

/** Something that happens; numbers say how much of it. */
type Happening =
  | { readonly type: 'frames'; readonly count: number; readonly socket: number; readonly chars: number }
  | { readonly type: 'events'; readonly count: number; readonly socket: number }
  | { readonly type: 'blob'; readonly size: number }
  | { readonly type: 'deliver'; readonly messages: number }
  | { readonly type: 'cut' }
  | { readonly type: 'detach' }
  | { readonly type: 'attach' }
  | { readonly type: 'read-blobs' };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('frames'),
      count: fc.nat(6000),
      socket: fc.nat(2),
      chars: fc.nat(12),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('frames'),
      count: fc.nat(90),
      socket: fc.nat(2),
      chars: fc.constantFrom(1024 * 1024, 1024 * 1024 + 7, 9 * 1024 * 1024),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('events'), count: fc.nat(600), socket: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('blob'), size: fc.nat(100) }) },
  { weight: 5, arbitrary: fc.record({ type: fc.constant('deliver'), messages: fc.nat(80) }) },
  { weight: 1, arbitrary: fc.constant({ type: 'cut' }) },
  { weight: 1, arbitrary: fc.constant({ type: 'detach' }) },
  { weight: 3, arbitrary: fc.constant({ type: 'attach' }) },
  { weight: 1, arbitrary: fc.constant({ type: 'read-blobs' }) },
);

interface Observed {
  readonly socket: number;
  readonly kind: number;
  readonly text: string | undefined;
}

const framesOf = ({ sent, received, events }: Tally) => sent + received + events;

/** A page, a wire that can be cut, and a panel that does nothing but keep what arrives and acknowledge it. */
class Connection {
  readonly page = new Page((message) => this.wire.push(withSnapshots(message)));
  readonly observed: Observed[] = [];
  private readonly taps = [0, 1, 2].map(() => this.page.watchedSocket().tap);
  private wire: PageMessage[] = [];
  private session: string | undefined = undefined;
  private sessions = 0;
  private nextSeq = 1;
  /** Frames that have arrived, and frames that were reported as lost, by socket id. */
  readonly arrived = new Map<number, number>();
  readonly lost = new Map<number, number>();
  /** Of frames whose contents follow: units that are to come, and what has come; by sequence number. */
  readonly pending = new Map<number, { readonly total: number; units: number }>();

  happen(happening: Happening): void {
    switch (happening.type) {
      case 'frames':
        return this.record(happening);
      case 'events':
        for (let i = 0; i < happening.count; i++) this.observe(happening.socket, FrameKind.open, undefined);
        return;
      case 'blob':
        return this.recordBlob(happening.size);
      case 'deliver':
        for (let i = 0; i < happening.messages; i++) this.deliverOne();
        return;
      case 'cut':
        this.wire = [];
        this.session = undefined;
        return this.page.outbox.detach();
      case 'detach':
        this.session = undefined;
        return this.page.outbox.detach();
      case 'attach':
        this.wire = [];
        for (const content of this.pending.values()) content.units = 0;
        this.session = `session ${++this.sessions}`;
        return this.page.outbox.attach(this.session, this.nextSeq);
      case 'read-blobs':
        return void finishReadings();
    }
  }

  /** Connects for good and lets everything arrive. */
  settle(): void {
    this.happen({ type: 'attach' });
    do {
      this.happen({ type: 'deliver', messages: this.wire.length });
      finishReadings(); // after it: the last acknowledgement may have made room for the first Blob
    } while (this.wire.length > 0);
  }

  count(socket: number): number {
    return this.observed.filter((frame) => frame.socket === socket).length;
  }

  private record({ count, socket, chars }: Extract<Happening, { type: 'frames' }>): void {
    const text = 'x'.repeat(chars);
    for (let i = 0; i < count; i++) {
      const isSent = (this.observed.length + i) % 3 === 0;
      const kind = isSent ? FrameKind.sentText : FrameKind.receivedText;
      this.observe(socket, kind, chars > 100 ? text : text + this.observed.length);
    }
  }

  private observe(socket: number, kind: FrameKind, text: string | undefined): void {
    const tap = this.taps[socket];
    if (!tap) throw new RangeError(`no socket ${socket}`);
    this.observed.push({ socket: tap.id, kind, text });
    this.page.outbox.record(tap, kind, 0, 0, text, undefined, undefined);
  }

  private recordBlob(size: number): void {
    const [tap] = this.taps;
    if (!tap) return;
    const kind = FrameKind.receivedBinary;
    const blob = blobOf(new Uint8Array(size));
    this.observed.push({ socket: tap.id, kind, text: undefined });
    this.page.outbox.record(tap, kind, 0, 0, blob, undefined, undefined);
  }

  private deliverOne(): void {
    const message = this.wire.shift();
    if (message?.type !== 'batch' && message?.type !== 'content') return;
    if (message.type === 'batch') this.take(message);
    else this.takeContent(message);
    const { messages, bytes } = message.credit;
    if (this.session !== undefined) this.page.outbox.acknowledge(this.nextSeq - 1, messages, bytes);
  }

  private takeContent({ seq, offset, total, part }: Extract<PageMessage, { type: 'content' }>): void {
    const content = this.pending.get(seq);
    if (!content) return;
    const text = this.observed[seq - 1]?.text;
    if (typeof part === 'string') {
      expect([offset, total], 'order').toEqual([content.units, text?.length]);
      if (text?.slice(offset, offset + part.length) !== part) throw new Error(`wrong contents of ${seq}`);
    }
    content.units += part?.length ?? content.total;
    if (content.units >= content.total) this.pending.delete(seq);
  }

  private take({ counts, frames, observed }: Extract<PageMessage, { type: 'batch' }>): void {
    for (const { socket, gone: tally } of counts) {
      const missing = framesOf(tally) - (this.arrived.get(socket) ?? 0);
      this.lost.set(socket, Math.max(missing, this.lost.get(socket) ?? 0));
    }
    for (const frame of frames ? unpack(frames) : []) {
      // No `expect` for each of so many frames: it takes longer than all that is tested here.
      if (frame.seq < this.nextSeq) throw new Error(`frame ${frame.seq} came after ${this.nextSeq - 1}`);
      this.nextSeq = frame.seq + 1;
      const { socket, kind, text } = this.observed[frame.seq - 1] ?? {};
      if (frame.socket !== socket || frame.kind !== kind || !isTrueTo(frame, text)) {
        throw new Error(`frame ${frame.seq} is not what was observed`);
      }
      if (frame.flags & FrameFlag.pending) this.pending.set(frame.seq, { total: frame.size, units: 0 });
      this.arrived.set(frame.socket, (this.arrived.get(frame.socket) ?? 0) + 1);
    }
    expect(observed).toBeGreaterThanOrEqual(this.nextSeq - 1);
  }
}

/** Whether a frame carries this text, or says how long it was. */
function isTrueTo({ flags, payload, size }: UnpackedFrame, text: string | undefined): boolean {
  const length = text?.length ?? 0;
  const isElsewhere = (flags & (FrameFlag.pending | FrameFlag.payloadGone)) !== 0;
  if (isElsewhere) return text === undefined || size === length;
  return (payload?.length ?? 0) === length && (text ?? payload) === payload;
}

/** Posting copies a message; only what changes later is copied here. */
function withSnapshots(message: PageMessage): PageMessage {
  if (message.type !== 'batch') return message;
  return { ...message, counts: message.counts.map((count) => ({ ...count, gone: { ...count.gone } })) };
}

test('whatever happens, each frame arrives once, whole and in order, or is reported as lost', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 30 }), (happenings) => {
      const connection = new Connection();
      for (const one of happenings) connection.happen(one);
      connection.settle();
      expect([...connection.pending.keys()], 'contents that never came').toEqual([]);
      for (const socket of [1, 2, 3]) {
        const arrived = connection.arrived.get(socket) ?? 0;
        expect(arrived + (connection.lost.get(socket) ?? 0)).toBe(connection.count(socket));
      }
    }),
    { numRuns: 35 },
  );
});
