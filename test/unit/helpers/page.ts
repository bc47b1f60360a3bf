import './browser-globals.ts';

import { Observer } from '../../../src/page/capture/observe.ts';
import { Outbox } from '../../../src/page/capture/outbox.ts';
import type { Tap } from '../../../src/page/capture/tap.ts';
import { Taps } from '../../../src/page/capture/taps.ts';
import { carryOut } from '../../../src/page/commands/commands.ts';
import { patchWebSocket } from '../../../src/page/patch/patch.ts';
import { FrameKind } from '../../../src/protocol/frames.ts';
import type { Action, PageMessage } from '../../../src/protocol/messages.ts';
import { FakeSocket } from './browser-globals.ts';
import { type UnpackedFrame, unpack } from './frames.ts';

export { blobOf, FakeSocket, finishReadings, unreadableBlob } from './browser-globals.ts';

type BatchMessage = Extract<PageMessage, { type: 'batch' }>;
type ContentMessage = Extract<PageMessage, { type: 'content' }>;

/** The page's side of Framescope without a page: what it would post is kept in {@link posted}, as the other world would get it. */
export class Page {
  readonly posted: PageMessage[] = [];
  /** When frames are recorded, in ms since the epoch. */
  time = 0;
  readonly taps = new Taps();
  readonly outbox: Outbox;
  readonly observer: Observer;
  readonly commands = { run: (action: Action) => carryOut(action, this.observer) };

  constructor(post?: (message: PageMessage, isLeaving?: boolean) => void, awaitEnd?: () => void) {
    const keep = (message: PageMessage) => this.posted.push(structuredClone(message));
    this.outbox = new Outbox(this.taps, post ?? keep, awaitEnd);
    this.observer = new Observer(this.taps, this.outbox);
  }

  /** A socket of the page that is watched without the patch. */
  watchedSocket(url = 'wss://example.test/feed'): { socket: FakeSocket; tap: Tap } {
    const socket = new FakeSocket(url);
    return { socket, tap: this.observer.watch(asWebSocket(socket), false, undefined) };
  }

  batches(): BatchMessage[] {
    return this.posted.filter((message) => message.type === 'batch');
  }

  contents(): ContentMessage[] {
    return this.posted.filter((message) => message.type === 'content');
  }

  /** All frames that have been posted, in order. */
  frames(): UnpackedFrame[] {
    return this.batches().flatMap(({ frames }) => (frames ? unpack(frames) : []));
  }

  /** Acknowledges everything that has been posted, and what is posted on that, until nothing more comes. */
  acknowledgeAll(): void {
    for (let seen = -1; seen < this.posted.length; ) {
      seen = this.posted.length;
      this.acknowledgeNewest();
    }
  }

  /** Acknowledges everything that has been posted by now. */
  acknowledgeNewest(): void {
    const last = this.posted.findLast(({ type }) => type === 'batch' || type === 'content');
    if (last?.type !== 'batch' && last?.type !== 'content') return;
    this.outbox.acknowledge(this.frames().at(-1)?.seq ?? 0, last.credit.messages, last.credit.bytes);
  }

  /** Forgets what has been posted. */
  forgetPosted(): void {
    this.posted.length = 0;
  }

  recordText(tap: Tap, text: string, kind: FrameKind = FrameKind.receivedText): void {
    this.outbox.record(tap, kind, 0, this.time, text, undefined, undefined);
  }

  recordTexts(tap: Tap, count: number, textOf: (index: number) => string = String): void {
    for (let index = 0; index < count; index++) this.recordText(tap, textOf(index));
  }
}

/** The same object under the type that the page's code knows it by. */
function asWebSocket(socket: FakeSocket): WebSocket {
  return socket as unknown as WebSocket;
}

const { send, close } = FakeSocket.prototype;

/** A page whose WebSocket is patched, as every page with Framescope is. The patch of an earlier test is taken off first. */
export function patchedPage(): Page {
  Object.defineProperty(globalThis, 'WebSocket', { value: FakeSocket });
  Object.assign(FakeSocket.prototype, { send, close, constructor: FakeSocket });
  const page = new Page();
  patchWebSocket(page.observer);
  return page;
}

/** Does what a page does to open a socket. */
export function newSocket(url = 'wss://example.test/feed'): FakeSocket {
  return new WebSocket(url) as unknown as FakeSocket;
}
