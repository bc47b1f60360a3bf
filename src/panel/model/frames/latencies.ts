import { IDS_LOOKED_AT, replyKeys, requestKeys } from '../../../decoders/message-ids.ts';
import type { Payload } from '../../../decoders/payload.ts';
import type { SocketWords } from '../../../decoders/protocol-signs.ts';
import { beginningOf } from '../../../decoders/readings/beginning.ts';
import { FrameFlag, FrameKind } from '../../../protocol/frames.ts';
import type { FrameStore } from '../../../store/frame-store.ts';
import { isSent } from './frame-kinds.ts';

/** Most requests that wait for a reply. The oldest are given up first. */
const MOST_OPEN = 20_000;
/** Rows per array of partners. */
const CHUNK = 1 << 16;
/** Rows between two checks of the time. */
const STRIDE = 64;

/**
 * Finds which message answers which: a sent message, and the first received message of the same socket with the same id. Each row is read
 * once, in order, and takes at most four bytes.
 */
export class Latencies {
  /** Rows before this one have been read. */
  private next: number;
  /** Requests without a reply, keyed by socket and id, in the order in which they were sent. */
  private readonly open = new Map<string, number>();
  /** The number of the partner's row plus one; 0 if there is none. */
  private readonly partners = new Map<number, Uint32Array>();
  /** Rows that were read before their contents had arrived. */
  private readonly pending = new Set<number>();
  private changes: number;
  private isReading = false;

  /**
   * @param wordsOf what is known about a row's socket
   * @param onRead called when contents have been read from the disk
   */
  constructor(
    private readonly store: FrameStore,
    private readonly wordsOf: (row: number) => SocketWords,
    private readonly onRead: () => void,
  ) {
    this.next = store.firstRow;
    this.changes = store.changes;
  }

  /** True if there are rows that have not been read. */
  get isBehind(): boolean {
    const isWaiting = this.pending.size > 0 && this.changes !== this.store.changes;
    return !this.isReading && (isWaiting || this.next < this.store.endRow);
  }

  /** The row of the reply to a row, or of what it replies to. */
  partner(row: number): number | undefined {
    const found = this.partners.get(Math.floor(row / CHUNK))?.[row % CHUNK];
    return found ? found - 1 : undefined;
  }

  /**
   * Reads rows until there are none left or the time is up.
   * @param budget ms
   * @returns true if more is known than before
   */
  step(budget: number): boolean {
    const deadline = performance.now() + budget;
    this.forget();
    let isNew = this.lookAgain();
    for (let looks = 1; !this.isReading && this.next < this.store.endRow; looks++) {
      const row = this.next;
      if (this.isMessage(row)) {
        const head = this.store.head(row, IDS_LOOKED_AT);
        if (head !== undefined) isNew = this.take(row, head) || isNew;
        else if (this.store.flags(row) & FrameFlag.pending) this.pending.add(row);
        else if (this.store.payloadState(row) === 'away') {
          void this.read(row);
          break;
        }
      }
      this.next = row + 1;
      if (looks % STRIDE === 0 && performance.now() >= deadline) break;
    }
    return isNew;
  }

  private isMessage(row: number): boolean {
    return this.store.kind(row) < FrameKind.open;
  }

  /** @returns true if more is known than before */
  private lookAgain(): boolean {
    const { store } = this;
    if (this.changes === store.changes) return false;
    this.changes = store.changes;
    let isNew = false;
    for (const row of [...this.pending]) {
      if (store.flags(row) & FrameFlag.pending) continue;
      this.pending.delete(row);
      const head = this.isMessage(row) ? store.head(row, IDS_LOOKED_AT) : undefined;
      if (head !== undefined) isNew = this.take(row, head) || isNew;
    }
    return isNew;
  }

  /** Its neighbours on the disk are in memory afterwards, too. */
  private async read(row: number): Promise<void> {
    this.isReading = true;
    const payload = await this.store.load(row);
    this.isReading = false;
    if (this.next !== row) return;
    if (payload !== undefined) this.take(row, payload);
    this.next = row + 1;
    this.onRead();
  }

  /** @param payload the beginning of it, at least */
  private take(row: number, payload: Payload): boolean {
    const words = this.wordsOf(row);
    const { url } = words;
    const text =
      typeof payload === 'string'
        ? payload
        : beginningOf(payload.subarray(0, IDS_LOOKED_AT), this.store.size(row), words);
    if (text === undefined) return false;
    const socket = this.store.socket(row);
    if (isSent(this.store.kind(row))) {
      for (const key of requestKeys(text, url)) this.remember(`${socket} ${key}`, row);
      return false;
    }
    for (const key of replyKeys(text, url)) {
      const request = this.open.get(`${socket} ${key}`);
      if (request === undefined) continue;
      this.open.delete(`${socket} ${key}`);
      if (request < this.store.firstRow || this.partner(request) !== undefined) continue;
      this.join(request, row);
      this.join(row, request);
      return true;
    }
    return false;
  }

  private remember(key: string, row: number): void {
    this.open.delete(key); // so that it becomes the last entry
    this.open.set(key, row);
    if (this.open.size <= MOST_OPEN) return;
    const [oldest] = this.open.keys();
    if (oldest !== undefined) this.open.delete(oldest);
  }

  private join(row: number, partner: number): void {
    const index = Math.floor(row / CHUNK);
    const chunk = this.partners.get(index) ?? new Uint32Array(CHUNK);
    this.partners.set(index, chunk);
    chunk[row % CHUNK] = partner + 1;
  }

  /** Forgets rows that have been dropped from the store. */
  private forget(): void {
    const { firstRow } = this.store;
    this.next = Math.max(this.next, firstRow);
    for (const index of this.partners.keys())
      if ((index + 1) * CHUNK <= firstRow) this.partners.delete(index);
  }
}
