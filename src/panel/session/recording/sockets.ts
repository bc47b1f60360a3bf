import type { ReadingChoice, SocketWords } from '../../../decoders/protocol-signs.ts';
import type { Handshake } from '../../../formats/handshake.ts';
import { ReadyState, type SocketRecord } from '../../../protocol/sockets.ts';
import { SocketLedger, tallyFrames } from '../../../store/ledger.ts';
import type { DocumentIdentity } from '../browser/bridge.ts';
import { endpointOf, type Lineage, LineageTracker } from './lineage.ts';

/**
 * Why a socket is read-only. It is known from the browser's network log only: a worker opened it, the page is older than Framescope, or
 * the hook does not run where it was opened, for an unknown reason. Or only its handshake is known (Firefox). Or it comes from a file.
 */
export type ReadOnlyReason = 'worker' | 'before' | 'unreached' | 'handshake' | 'imported';

/** Number of the socket of rows that belong to none. */
export const NO_SOCKET = 0;

/** Number of listed sockets above which the oldest closed ones are forgotten, and of new sockets between two such checks. */
const MOST_SOCKETS = 5000;
const STRIDE = 256;
/** Sockets that a page tells of at once; it keeps no more. */
const RECENT = 4000;

/** UTF-16 units of an address that are kept: servers take no longer ones, but a page may make up millions, which are shown, searched and compared. */
const MOST_URL = 16 * 1024;

/** An address as it is kept. */
export function keptUrl(url: string): string {
  return url.length > MOST_URL ? `${url.slice(0, MOST_URL)}…` : url;
}

/** One document of the inspected tab. */
export interface PanelDocument {
  /** Its frame's id changes when a prerendered page becomes the page of its tab. */
  identity: DocumentIdentity;
  /** The document has been left or removed; its sockets are closed. */
  isGone: boolean;
  /** No document but a script whose sockets the hook does not reach, or one that a file tells of. */
  readonly readOnly?: ReadOnlyReason;
  /** Name of the file that tells of it. */
  readonly file?: string;
}

/** One socket as the panel knows it. */
export class PanelSocket {
  readonly ledger = new SocketLedger();
  /** Frames that the page no longer holds, as of its last report. */
  gone = 0;
  /** The user has cleared the list since it closed. The ledger is still needed. */
  isHidden = false;
  /** Undefined until it is known from the browser's network log. */
  handshake: Handshake | undefined = undefined;
  /** Known from the network log only, which has been cleared since. */
  isUnfollowed = false;
  /** Known from the network log until its page told of it: number of the socket that it has become. */
  becameNumber: number | undefined = undefined;
  /** As what the user wants its binary messages to be read; undefined where they are read as what they look like. */
  reading: ReadingChoice | undefined = undefined;

  constructor(
    /** Unique within the panel, from 1. */
    readonly number: number,
    readonly document: PanelDocument,
    public record: SocketRecord,
    readonly lineage: Lineage,
  ) {}

  /** What says how its messages are to be read. */
  get words(): SocketWords {
    const { url, protocol } = this.record;
    return { url, protocol, reading: this.reading };
  }

  /** Undefined where the user can act on the socket. */
  get readOnly(): ReadOnlyReason | undefined {
    return this.document.readOnly;
  }

  /** The ready state. A socket is closed together with its document, without an event. */
  get readyState(): ReadyState {
    return this.document.isGone ? ReadyState.closed : this.record.readyState;
  }

  /** It was not closed when it was last seen, and its end will not be reported. */
  get isLostFromSight(): boolean {
    const isLost = this.readOnly === 'handshake' || this.isUnfollowed;
    return isLost && this.readyState !== ReadyState.closed;
  }

  get isOpen(): boolean {
    return this.readyState === ReadyState.open;
  }
}

interface DocumentSockets {
  /** By the number that the page gave them: looked up for every frame. */
  readonly byId: Map<number, PanelSocket>;
  readonly lineages: LineageTracker<PanelSocket>;
}

/** The sockets of all documents, in the order in which the panel learned of them. */
export class SocketTable {
  private readonly byNumber = new Map<number, PanelSocket>();
  /** By the name of their document. */
  private readonly byDocument = new Map<string, DocumentSockets>();
  private lastNumber = 0;
  /** By endpoint. */
  private readings: ReadonlyMap<string, ReadingChoice> = new Map();

  update(document: PanelDocument, told: SocketRecord): PanelSocket {
    const url = keptUrl(told.url);
    const record = url === told.url ? told : { ...told, url };
    const known = this.find(document, record.id);
    if (known) {
      known.record = record;
      return known;
    }
    const { byId, lineages } = this.socketsOf(document);
    const socket = new PanelSocket(++this.lastNumber, document, record, lineages.follow(record));
    socket.reading = this.readingOf(socket);
    lineages.add(socket);
    this.byNumber.set(socket.number, socket);
    byId.set(record.id, socket);
    if (this.byNumber.size > MOST_SOCKETS && socket.number % STRIDE === 0) this.forgetTheOldest();
    return socket;
  }

  /** Takes in as what the user wants binary messages to be read, by the endpoint of their socket. */
  readAs(readings: ReadonlyMap<string, ReadingChoice>): void {
    this.readings = readings;
    for (const socket of this.byNumber.values()) socket.reading = this.readingOf(socket);
  }

  private readingOf({ record }: PanelSocket): ReadingChoice | undefined {
    return this.readings.size === 0 ? undefined : this.readings.get(endpointOf(record.url));
  }

  get(number: number): PanelSocket | undefined {
    return this.byNumber.get(number);
  }

  find(document: PanelDocument, id: number): PanelSocket | undefined {
    return this.byDocument.get(document.identity.document)?.byId.get(id);
  }

  /** Panel-wide number of a socket. */
  numberOf(document: PanelDocument, id: number): number {
    return this.find(document, id)?.number ?? NO_SOCKET;
  }

  /** The sockets of one document. */
  of(document: PanelDocument): PanelSocket[] {
    return [...(this.byDocument.get(document.identity.document)?.byId.values() ?? [])];
  }

  all(): PanelSocket[] {
    return [...this.byNumber.values()];
  }

  visible(): PanelSocket[] {
    return this.all().filter((socket) => !socket.isHidden);
  }

  removeWhere(test: (socket: PanelSocket) => boolean): void {
    for (const socket of this.all()) {
      if (!test(socket)) continue;
      this.byNumber.delete(socket.number);
      const { byId, lineages } = this.socketsOf(socket.document);
      byId.delete(socket.record.id);
      lineages.remove(socket);
      if (byId.size === 0) this.byDocument.delete(socket.document.identity.document);
    }
  }

  /** A page that connects again and again all day: what is closed and has no row left is forgotten, the oldest first. */
  private forgetTheOldest(): void {
    let surplus = this.byNumber.size - MOST_SOCKETS;
    this.removeWhere((socket) => {
      const { readyState, ledger } = socket;
      const isDone =
        readyState === ReadyState.closed && tallyFrames(ledger.stored) === 0 && ledger.inFlight() === 0;
      // Of one that has just been told of, the rows may still come. A file may name all of its sockets first.
      if (socket.readOnly === 'imported') return false;
      return isDone && socket.number < this.lastNumber - RECENT && surplus-- > 0;
    });
  }

  private socketsOf({ identity }: PanelDocument): DocumentSockets {
    const known = this.byDocument.get(identity.document);
    if (known) return known;
    const sockets = { byId: new Map<number, PanelSocket>(), lineages: new LineageTracker<PanelSocket>() };
    this.byDocument.set(identity.document, sockets);
    return sockets;
  }
}
