import { headerOf } from '../../../formats/handshake.ts';
import { type LoggedMessage, type LoggedSocket, readMessage } from '../../../formats/har/read-entry.ts';
import { FrameKind } from '../../../protocol/frames.ts';
import { ReadyState, type SocketRecord } from '../../../protocol/sockets.ts';
import { batchOfFrames } from '../recording/frame-batch.ts';
import { type Progress, startOfDocument } from '../recording/progress.ts';
import type { Recorder } from '../recording/recorder.ts';
import type { PanelDocument, PanelSocket, ReadOnlyReason } from '../recording/sockets.ts';
import { Foretold, type ForetoldEvent } from './foretold.ts';

/** Most sockets of a page that are listed although only their handshake is known: nothing reports when they end. */
const MOST_HANDSHAKES = 1000;

/**
 * ms for which a message of an open socket is left in the log. It may be the one with which the page begins to use the socket. The page
 * reports that one itself, and it must not be listed twice.
 */
const FRESH = 300;

/** A script whose sockets are known only from the network log. */
interface Script {
  readonly document: PanelDocument;
  readonly progress: Progress;
  sockets: number;
}

interface Followed {
  readonly script: Script;
  readonly socket: PanelSocket;
  /** Number of messages of the log that have been read. */
  seen: number;
  /** Events of which its page would tell too. */
  readonly events: ForetoldEvent[];
  hasEnded: boolean;
  /** It has turned out to be a captured socket. */
  isGivenUp: boolean;
}

/**
 * Sockets that the hook does not reach, as the browser's network log shows them. Whatever is new in a
 * reading goes into the recorder, like the reports of pages.
 */
export class ReadOnlySockets {
  private readonly followed = new Map<string, Followed>();
  private readonly scripts = new Map<string, Script>();
  private lastScript = 0;
  /** Number of sockets of this page of which only the handshake is known. */
  private handshakes = 0;
  /** Number of frames recorded so far, of all sockets. */
  frames = 0;

  private readonly foretold: Foretold;

  constructor(private readonly recorder: Recorder) {
    this.foretold = new Foretold(recorder);
  }

  has({ key }: LoggedSocket): boolean {
    return this.followed.has(key);
  }

  /** True if a socket of this URL is listed. */
  lists(url: string): boolean {
    for (const { socket, isGivenUp } of this.followed.values()) {
      if (!isGivenUp && socket.record.url === url) return true;
    }
    return false;
  }

  /** Number of sockets that can still have new frames. */
  get open(): number {
    let open = 0;
    for (const one of this.followed.values()) if (isAlive(one)) open++;
    return open;
  }

  /** Lists a socket, or records what is new about a listed one. */
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
    this.foretold.handOver(known.socket, captured, known.events);
  }

  /**
   * Notes which sockets the log still contains. The others will have no more frames.
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
   * To be called when the page has been left: its workers end with it, and the log starts anew.
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
    const followed = { script, socket, seen: 0, events: [], hasEnded: false, isGivenUp: false };
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

/** The origin of the page or worker that opened a socket, as sent to the server; empty if there is none. */
function originOf({ handshake }: LoggedSocket): string {
  const origin = headerOf(handshake.requestHeaders, 'origin');
  return URL.canParse(origin) ? origin : '';
}

function isAlive({ socket, hasEnded }: Followed): boolean {
  return !hasEnded && !socket.document.isGone;
}

/** A log without messages does not show when a socket ends, but a refused one was never open. */
function isRefused({ messages, handshake: { status } }: LoggedSocket): boolean {
  return !messages && status > 0 && status !== 101;
}

/** A socket of the log as a record, in the form in which pages report their sockets. */
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

/** The frames that have not been recorded yet. Marks them as recorded. */
function newFrames(entry: LoggedSocket, followed: Followed): NewFrame[] {
  const frames: NewFrame[] = [];
  const { startedAt, endedAt, messages = [] } = entry;
  const start = startedAt ?? followed.socket.record.createdAt;
  if (!followed.events.includes(FrameKind.open) && entry.handshake.status === 101) {
    followed.events.push(FrameKind.open);
    frames.push({ kind: FrameKind.open, time: start, payload: undefined });
  }
  if (isRefused(entry) && !followed.hasEnded) {
    followed.hasEnded = true;
    followed.events.push(FrameKind.error);
    frames.push({ kind: FrameKind.error, time: start, payload: undefined });
  }
  for (; followed.seen < messages.length; followed.seen++) {
    const message = readMessage(messages[followed.seen]);
    if (message && endedAt === undefined && isFresh(message)) break;
    // Without a start, the times of the log have no known origin.
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
