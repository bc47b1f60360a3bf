/**
 * Takes the place of the page's hook in the copy of the extension that {@link makeSyntheticExtension} makes: the same taps and outbox,
 * but frames come from a loop rather than from sockets, whose own cost (30 µs a message and more) hides everything behind them.
 */

import { Observer } from '../../src/page/capture/observe.ts';
import { Outbox } from '../../src/page/capture/outbox.ts';
import type { Tap } from '../../src/page/capture/tap.ts';
import { Taps } from '../../src/page/capture/taps.ts';
import { obey } from '../../src/page/commands/obey.ts';
import { FrameKind } from '../../src/protocol/frames.ts';
import type { PageMessage, PanelMessage } from '../../src/protocol/messages.ts';
import { ReadyState } from '../../src/protocol/sockets.ts';
import { HANDOVER_EVENT } from '../../src/protocol/version.ts';
import { BARE_SESSION, BarePort } from './bare-port.ts';
import { tradeText } from './trade.ts';

/** Frames to be made. */
export interface Flood {
  readonly frames: number;
  /** ms since the epoch, of the first frame */
  readonly start: number;
  /** ms between two frames, as far as they say */
  readonly step: number;
  /** Frames made in one task. */
  readonly perTask: number;
  /** Frames that may wait for the panel's answer before no more are made; left out where no panel is there to answer. */
  readonly ahead?: number | undefined;
  /** Of each frame's text; 110 when left out. */
  readonly bytes?: number | undefined;
}

export interface FloodResult {
  /** ms from the first frame to the panel's word that it has the last one */
  readonly wall: number;
  /** ms of that in which the hook ran: recording, packing, posting, and reading acknowledgements */
  readonly hook: number;
  readonly batches: number;
  readonly acknowledgements: number;
  /** ms from the last batch to the panel's word that it has it */
  readonly tail: number;
}

/** What a page with the synthetic hook can be asked to do. */
export interface SyntheticSource {
  /** Sockets that are open, from now on, over which frames are spread. */
  openSockets(count: number): void;
  flood(flood: Flood): Promise<FloodResult>;
  /** A message with this text, on the first socket. */
  receive(text: string): void;
  /** Posts batches of so many frames as fast as a {@link BARE_SESSION} panel takes them, with nothing in between. */
  bare(frames: number, perBatch: number): Promise<{ wall: number }>;
}

declare global {
  interface Window {
    source: SyntheticSource;
  }
}

const { port1, port2 } = new MessageChannel();
const taps = new Taps();
let hookTime = 0;
let batches = 0;
let postedAt = 0;
let acknowledgements = 0;
let answered = 0;
let lastSeq = 0;
let onAnswer = () => {};
const outbox = new Outbox(taps, (message: PageMessage) => {
  if (message.type === 'batch' && message.frames) {
    batches++;
    postedAt = performance.now();
  }
  port1.postMessage(message);
});
const observer = new Observer(taps, outbox);
const bare = new BarePort((message) => port1.postMessage(message));
const sockets: Tap[] = [];

port1.onmessage = ({ data }: MessageEvent<PanelMessage>) => {
  if (data.type === 'attach') bare.isAttached = data.session === BARE_SESSION;
  if (bare.isAttached) return bare.receive(data);
  const start = performance.now();
  obey(data, observer);
  hookTime += performance.now() - start;
  if (data.type !== 'ack') return;
  acknowledgements++;
  answered = data.seq;
  onAnswer();
};

function openSockets(count: number): void {
  while (sockets.length < count) {
    const name = `${location.origin.replace('http', 'ws')}/feed/${sockets.length + 1}`;
    // A stream's tap asks nothing of its socket.
    const messages = { look: () => undefined, act: () => undefined };
    const tap = taps.add(Object.create(WebSocket.prototype), false, undefined, name, messages);
    tap.record.readyState = ReadyState.open;
    sockets.push(tap);
    outbox.changed(tap);
  }
}

async function flood({ frames, start, step, perTask, ahead, bytes }: Flood): Promise<FloodResult> {
  const turn = new MessageChannel();
  const before = { hook: hookTime, batches, acknowledgements };
  const began = performance.now();
  for (let made = 0; made < frames; ) {
    if (ahead !== undefined && lastSeq - answered >= ahead) {
      await new Promise<void>((done) => {
        onAnswer = done;
      });
      continue;
    }
    const upTo = Math.min(frames, made + perTask);
    const from = performance.now();
    for (; made < upTo; made++) record(made, start + made * step, bytes);
    hookTime += performance.now() - from;
    await new Promise((done) => {
      turn.port1.onmessage = done;
      turn.port2.postMessage(undefined);
    });
  }
  while (ahead !== undefined && answered < lastSeq) {
    await new Promise<void>((done) => {
      onAnswer = done;
    });
  }
  return {
    wall: performance.now() - began,
    hook: hookTime - before.hook,
    batches: batches - before.batches,
    acknowledgements: acknowledgements - before.acknowledgements,
    tail: performance.now() - postedAt,
  };
}

function record(index: number, time: number, bytes: number | undefined): void {
  const tap = sockets[index % sockets.length];
  if (!tap) return;
  lastSeq++;
  const kind = FrameKind.receivedText;
  outbox.record(tap, kind, 0, time, tradeText(index, bytes), undefined, undefined);
}

function receive(text: string): void {
  const [tap] = sockets;
  if (!tap) return;
  lastSeq++;
  outbox.record(tap, FrameKind.receivedText, 0, Date.now(), text, undefined, undefined);
}

window.source = { openSockets, flood, receive, bare: (frames, perBatch) => bare.run(frames, perBatch) };
dispatchEvent(new MessageEvent(HANDOVER_EVENT, { ports: [port2] }));
port1.postMessage(undefined);
