import {
  headerOf,
  type LoggedMessage,
  type LoggedSocket,
  readMessage,
} from '../../../formats/har/read-entry.ts';
import { FrameKind } from '../../../protocol/frames.ts';
import { ReadyState, type SocketRecord } from '../../../protocol/sockets.ts';
import { batchOfFrames } from '../frame-batch.ts';
import { type Progress, startOfDocument } from '../progress.ts';
import type { Recorder } from '../recorder.ts';
import type { PanelDocument, PanelSocket, ReadOnlyReason } from '../sockets.ts';

/** Known by their handshake alone, these are listed for one page and no more: nobody learns of their end. */
const MOST_HANDSHAKES = 1000;

/**
 * ms for which a message of an open socket is left in the log. It may be the one with which a page begins to use the socket, of which the
 * panel is told by the page: it is not to stand there twice.
 */
const FRESH = 300;

/** One script whose sockets are known from the network log alone. */
interface Script {
  readonly document: PanelDocument;
  readonly progress: Progress;
  sockets: number;
}

interface Followed {
  readonly script: Script;
  readonly socket: PanelSocket;
  /** Messages of the log that have been looked at. */
  seen: number;
  hasOpened: boolean;
  hasEnded: boolean;
  /** It has turned out to be a captured one. */
  isGivenUp: boolean;
}

/**
 * Sockets that the hook does not reach, as the browser's network log has them. What the log says of them more with each
 * reading goes into the recorder like what pages report.
 */
export class ReadOnlySockets {
  private readonly followed = new Map<string, Followed>();
  private readonly scripts = new Map<string, Script>();
  private lastScript = 0;
  /** Sockets of this page that are known by their handshake alone. */
  private handshakes = 0;
  /** Written down so far, of all sockets. */
  frames = 0;

  constructor(private readonly recorder: Recorder) {}

  has({ key }: LoggedSocket): boolean {
    return this.followed.has(key);
  }

  /** Number of sockets of which more can come. */
  get open(): number {
    let open = 0;
    for (const one of this.followed.values()) if (isAlive(one)) open++;
    return open;
  }

  /** Lists a socket, or writes down what is new of one that is listed. */
  take(entry: LoggedSocket, reason: ReadOnlyReason): void {
    const known = this.followed.get(entry.key);
    if (known && !isAlive(known)) return;
    const script = known?.script ?? this.scriptOf(entry, reason);
    if (reason === 'handshake' && ++this.handshakes > MOST_HANDSHAKES) return;
    const followed = known ?? this.follow(entry, script);
    const { socket } = followed;
    const frames = newFrames(entry, followed);
    this.recorder.updateSockets(script.document, [recordOf(entry, socket.record)]);
    socket.handshake = entry.handshake;
    this.frames += frames.length;
    if (frames.length === 0) return;
    const batch = batchOfFrames(
      frames.map((frame) => ({ ...frame, socket: socket.record.id })),
      script.progress.nextSeq,
    );
    this.recorder.takeFrames(script.document, script.progress, batch);
  }

  /** A socket has turned out to be a captured one, which gets its rows: a page has used it, or told of it late. */
  giveUp({ key }: LoggedSocket, captured: PanelSocket): void {
    const known = this.followed.get(key);
    if (!known || known.isGivenUp) return;
    known.hasEnded = known.isGivenUp = true;
    known.socket.isHidden = true;
    this.recorder.list.handOver(known.socket, captured);
  }

  /**
   * Notes which sockets the log still has; of others nothing more will come.
   * @param hasNavigated the page went with them
   */
  keep(entries: readonly LoggedSocket[], hasNavigated: boolean): void {
    const keys = new Set(entries.map(({ key }) => key));
    for (const [key, one] of this.followed) {
      if (keys.has(key)) continue;
      this.followed.delete(key);
      if (!isAlive(one)) continue;
      if (hasNavigated) one.script.document.isGone = true;
      else one.socket.isUnfollowed = true;
    }
    for (const [key, { document }] of this.scripts) if (document.isGone) this.scripts.delete(key);
  }

  /**
   * The page has been left: its workers end with it, and the log begins anew.
   * @returns true if there were any
   */
  leave(): boolean {
    const isAny = this.scripts.size > 0;
    for (const { document } of this.scripts.values()) document.isGone = true;
    this.scripts.clear();
    this.handshakes = 0;
    return isAny;
  }

  private follow(entry: LoggedSocket, script: Script): Followed {
    const record = recordOf(entry, { id: ++script.sockets });
    this.recorder.updateSockets(script.document, [record]);
    const socket = this.recorder.sockets.find(script.document, record.id);
    if (!socket) throw new Error('the recorder has lost a socket');
    const followed = { script, socket, seen: 0, hasOpened: false, hasEnded: false, isGivenUp: false };
    this.followed.set(entry.key, followed);
    return followed;
  }

  private scriptOf(entry: LoggedSocket, reason: ReadOnlyReason): Script {
    const url = entry.scripts.at(-1) ?? originOf(entry);
    const key = `${reason} ${url}`;
    const known = this.scripts.get(key);
    if (known) return known;
    const identity = { document: `network log ${++this.lastScript}`, frameId: -1, url };
    const script = {
      document: { identity, isGone: false, readOnly: reason },
      progress: startOfDocument(),
      sockets: 0,
    };
    this.scripts.set(key, script);
    return script;
  }
}

/** Of the page or worker that opened a socket, as browsers tell servers; empty where that has none or does not tell it. */
function originOf({ handshake }: LoggedSocket): string {
  const origin = headerOf(handshake.requestHeaders, 'origin');
  return URL.canParse(origin) ? origin : '';
}

function isAlive({ socket, hasEnded }: Followed): boolean {
  return !hasEnded && !socket.document.isGone;
}

/** A log without messages does not tell of an end, but who was refused never lived. */
function isRefused({ messages, handshake: { status } }: LoggedSocket): boolean {
  return !messages && status > 0 && status !== 101;
}

/** What the log says of a socket, in the words in which pages tell of theirs. */
function recordOf(
  entry: LoggedSocket,
  { id, createdAt }: Pick<SocketRecord, 'id'> & Partial<SocketRecord>,
): SocketRecord {
  const { url, startedAt, endedAt, handshake } = entry;
  return {
    id,
    url,
    readyState: readyStateOf(entry),
    protocol: headerOf(handshake.responseHeaders, 'sec-websocket-protocol'),
    extensions: headerOf(handshake.responseHeaders, 'sec-websocket-extensions'),
    binaryType: '',
    bufferedAmount: 0,
    createdAt: createdAt ?? startedAt ?? Date.now(),
    closedAt: isRefused(entry) ? startedAt : endedAt,
    adopted: false,
  };
}

function readyStateOf(entry: LoggedSocket): ReadyState {
  const { endedAt, handshake } = entry;
  if (endedAt !== undefined || isRefused(entry)) return ReadyState.closed;
  return handshake.status === 101 ? ReadyState.open : ReadyState.connecting;
}

interface NewFrame {
  readonly kind: FrameKind;
  readonly time: number;
  readonly payload: string | Uint8Array | undefined;
}

/** What has not been written down yet; notes that it is now. */
function newFrames(entry: LoggedSocket, followed: Followed): NewFrame[] {
  const frames: NewFrame[] = [];
  const { startedAt, endedAt, messages = [] } = entry;
  const start = startedAt ?? followed.socket.record.createdAt;
  if (!followed.hasOpened && entry.handshake.status === 101) {
    followed.hasOpened = true;
    frames.push({ kind: FrameKind.open, time: start, payload: undefined });
  }
  if (isRefused(entry) && !followed.hasEnded) {
    followed.hasEnded = true;
    frames.push({ kind: FrameKind.error, time: start, payload: undefined });
  }
  for (; followed.seen < messages.length; followed.seen++) {
    const message = readMessage(messages[followed.seen]);
    if (message && endedAt === undefined && isFresh(message)) break;
    // Without a start the log's times count from anything.
    if (message) frames.push({ ...message, kind: kindOf(message), time: startedAt ? message.time : start });
  }
  if (endedAt !== undefined && !followed.hasEnded) {
    followed.hasEnded = true;
    frames.push({ kind: FrameKind.close, time: endedAt, payload: undefined });
  }
  return frames;
}

function isFresh({ time }: LoggedMessage): boolean {
  const age = Date.now() - time;
  return age >= 0 && age < FRESH; // a clock that is ahead holds nothing back
}

function kindOf({ type, payload }: LoggedMessage): FrameKind {
  if (type === 'error') return FrameKind.error;
  const isText = typeof payload === 'string';
  if (type === 'send') return isText ? FrameKind.sentText : FrameKind.sentBinary;
  return isText ? FrameKind.receivedText : FrameKind.receivedBinary;
}
