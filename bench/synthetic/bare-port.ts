import { FrameKind } from '../../src/protocol/frames.ts';
import type { PageMessage, PanelMessage } from '../../src/protocol/messages.ts';
import { PROTOCOL_VERSION } from '../../src/protocol/version.ts';
import { tradeText } from './trade.ts';

/** Session of a panel that only counts and acknowledges. */
export const BARE_SESSION = 'bare';

/** As in the outbox. */
const IN_FLIGHT = { messages: 64, bytes: 4 * 1024 * 1024 };

type Batch = Extract<PageMessage, { type: 'batch' }>;

/** The way to the panel with nothing at either end: one batch, made once and posted repeatedly under the same credit. */
export class BarePort {
  isAttached = false;
  private posted = { messages: 0, bytes: 0 };
  private acknowledged = { messages: 0, bytes: 0 };
  private onAnswer = () => {};

  constructor(private readonly post: (message: PageMessage) => void) {}

  receive(message: PanelMessage): void {
    if (message.type === 'attach') {
      this.posted = { messages: 0, bytes: 0 };
      this.acknowledged = { messages: 0, bytes: 0 };
      this.post({ type: 'hello', session: BARE_SESSION, version: PROTOCOL_VERSION });
    } else if (message.type === 'ack') {
      this.acknowledged = message;
      this.onAnswer();
    }
  }

  /** ms from the first batch to the word that the last has arrived */
  async run(frames: number, perBatch: number): Promise<{ wall: number }> {
    const batch = makeBatch(perBatch);
    const bytes = batch.frames?.text.length ?? 0;
    const last = this.posted.messages + Math.ceil(frames / perBatch);
    const start = performance.now();
    while (this.acknowledged.messages < last) {
      const messages = this.posted.messages - this.acknowledged.messages;
      const mayPost = messages < IN_FLIGHT.messages && messages * bytes < IN_FLIGHT.bytes;
      if (this.posted.messages < last && mayPost) {
        this.posted = { messages: this.posted.messages + 1, bytes: this.posted.bytes + bytes };
        this.post({ ...batch, credit: this.posted });
        continue;
      }
      await new Promise<void>((done) => {
        this.onAnswer = done;
      });
    }
    return { wall: performance.now() - start };
  }
}

function makeBatch(rows: number): Batch {
  const texts = Array.from({ length: rows }, (_, index) => tradeText(index));
  return {
    type: 'batch',
    credit: { messages: 0, bytes: 0 },
    sockets: [],
    counts: [],
    frames: {
      firstSeq: 1,
      kinds: new Uint8Array(rows).fill(FrameKind.receivedText),
      flags: new Uint8Array(rows),
      sockets: new Uint32Array(rows).fill(1),
      times: Float64Array.from({ length: rows }, (_, index) => index),
      lengths: Uint32Array.from(texts, ({ length }) => length),
      sizes: Float64Array.from(texts, ({ length }) => length),
      text: JSON.parse(JSON.stringify(texts.join(''))),
      wide: '',
      bytes: new Uint8Array(),
      details: [],
    },
    observed: rows,
  };
}
