import type { SocketWords } from '../../decoders/protocol-signs.ts';
import { FrameFlag, FrameKind } from '../../protocol/frames.ts';
import type { FrameStore } from '../frame-store.ts';
import { placeIn, SEGMENT_ROWS, segmentIndex } from '../rows/segment.ts';
import { type RowTypes, typeOfPayload } from './row-types.ts';
import type { MessageTypeName } from './type-keys.ts';

/** Number of types that are counted separately; all others are counted together. */
const MOST_TYPES = 1000;
/** A row whose type is not known yet. */
const UNKNOWN = 0;
/** A row whose type is not counted separately. */
const OTHER = 0xffff;
/** UTF-16 units or bytes of a payload that are read to find its type. */
const HEAD = 4096;
/** Rows between two checks of the clock. */
const STRIDE = 64;

/** Messages of one type. */
export interface TypeTally extends MessageTypeName {
  readonly messages: number;
  /** bytes on the wire */
  readonly bytes: number;
}

/** Messages of one type and socket in a segment. */
interface Count {
  readonly socket: number;
  readonly code: number;
  messages: number;
  bytes: number;
}

interface SegmentTypes {
  readonly codes: Uint16Array;
  readonly counts: Map<number, Count>;
}

/**
 * Of which type each message is, in two bytes a row, and how many there are of each. A row is looked at once: when a filter asks for it,
 * or in its turn, whichever comes first.
 */
export class TypeIndex implements RowTypes {
  private readonly segments = new Map<number, SegmentTypes>();
  private readonly types: MessageTypeName[] = [{ key: '', name: '' }];
  private readonly codes = new Map<string, number>();
  /** The types of all rows before this one are known. */
  private next: number;
  /** Rows that were read before their contents had arrived. */
  private readonly pending = new Set<number>();
  private changes: number;
  /** Of the store, when the sockets of rows were last looked at: rows that are handed over to another one are among those with other remarks. */
  private remarks: number;
  /** The oldest row then: it becomes a gap when others before it are dropped. */
  private first: number;
  private isReading = false;

  /**
   * @param members names of the JSON members that hold the type, instead of the usual ones
   */
  constructor(
    private readonly store: FrameStore,
    private readonly socketOf: (row: number) => SocketWords,
    private readonly members: readonly string[] | undefined,
  ) {
    this.next = store.firstRow;
    this.changes = store.changes;
    this.remarks = store.remarks.changes;
    this.first = store.firstRow;
  }

  keyOf(row: number): string | undefined {
    const code = this.codeOf(row);
    return code === UNKNOWN || code === OTHER ? undefined : this.types[code]?.key;
  }

  learn(row: number, payload: string | Uint8Array, socket: SocketWords): string {
    const type = typeOfPayload(payload, socket, this.members);
    if (this.codeOf(row) === UNKNOWN) this.count(row, this.codeFor(type));
    return type.key;
  }

  /** Share of the rows that have been counted, from 0 to 1. */
  get progress(): number {
    const { firstRow, endRow } = this.store;
    return endRow === firstRow ? 1 : Math.max(0, this.next - firstRow) / (endRow - firstRow);
  }

  /** True if there are rows to be counted. */
  get isBehind(): boolean {
    const isWaiting = this.pending.size > 0 && this.changes !== this.store.changes;
    return !this.isReading && (isWaiting || this.next < this.store.endRow);
  }

  /**
   * Counts rows until all are counted or the time is up.
   * @param budget ms
   * @param onRead called when contents have been read from the disk
   */
  step(budget: number, onRead: () => void): void {
    const deadline = performance.now() + budget;
    this.forget();
    this.lookAgain();
    for (let looks = 1; !this.isReading && this.next < this.store.endRow; looks++) {
      if (!this.look(this.next)) void this.read(this.next, onRead);
      else this.next++;
      if (looks % STRIDE === 0 && performance.now() >= deadline) return;
    }
  }

  /** Number of messages of each type among the rows counted so far; the most frequent first. */
  tallies(isCounted: (socket: number) => boolean): TypeTally[] {
    this.forget();
    const sums = new Map<number, { messages: number; bytes: number }>();
    for (const { counts } of this.segments.values()) {
      for (const { socket, code, messages, bytes } of counts.values()) {
        if (!isCounted(socket)) continue;
        const sum = sums.get(code) ?? { messages: 0, bytes: 0 };
        sum.messages += messages;
        sum.bytes += bytes;
        sums.set(code, sum);
      }
    }
    const named = [...sums].flatMap(([code, sum]) => {
      const type = this.types[code];
      return type ? { ...type, ...sum } : [];
    });
    return named.sort((a, b) => b.messages - a.messages);
  }

  /** Messages of all types that are not counted separately. */
  others(isCounted: (socket: number) => boolean): number {
    let others = 0;
    for (const { counts } of this.segments.values())
      for (const { socket, code, messages } of counts.values())
        if (code === OTHER && isCounted(socket)) others += messages;
    return others;
  }

  private codeOf(row: number): number {
    return this.segments.get(segmentIndex(row))?.codes[placeIn(row)] ?? UNKNOWN;
  }

  private codeFor(type: MessageTypeName): number {
    const known = this.codes.get(type.key);
    if (known !== undefined) return known;
    if (this.types.length > MOST_TYPES) return OTHER;
    const code = this.types.push(type) - 1;
    this.codes.set(type.key, code);
    return code;
  }

  private count(row: number, code: number): void {
    const index = segmentIndex(row);
    const segment = this.segments.get(index) ?? { codes: new Uint16Array(SEGMENT_ROWS), counts: new Map() };
    this.segments.set(index, segment);
    segment.codes[placeIn(row)] = code;
    this.countIn(segment, row, code);
  }

  private countIn({ counts }: SegmentTypes, row: number, code: number): void {
    const socket = this.store.socket(row);
    const id = socket * (OTHER + 1) + code;
    const count = counts.get(id) ?? { socket, code, messages: 0, bytes: 0 };
    counts.set(id, count);
    count.messages++;
    count.bytes += this.store.size(row);
  }

  /** @returns false if its contents have to be read from the disk first */
  private look(row: number): boolean {
    const { store } = this;
    if (store.kind(row) >= FrameKind.open || this.codeOf(row) !== UNKNOWN) return true;
    const head = store.head(row, HEAD);
    if (head !== undefined) this.learn(row, head, this.socketOf(row));
    else if (store.flags(row) & FrameFlag.pending) this.pending.add(row);
    else return store.payloadState(row) !== 'away';
    return true;
  }

  /** This also loads its neighbours in the same block. */
  private async read(row: number, onRead: () => void): Promise<void> {
    this.isReading = true;
    const payload = await this.store.load(row);
    this.isReading = false;
    if (this.next !== row) return onRead();
    if (payload !== undefined) this.learn(row, payload, this.socketOf(row));
    this.next = row + 1;
    onRead();
  }

  private lookAgain(): void {
    if (this.changes === this.store.changes) return;
    this.changes = this.store.changes;
    for (const row of [...this.pending]) {
      const isStill = row >= this.store.firstRow && this.store.flags(row) & FrameFlag.pending;
      if (isStill) continue;
      this.pending.delete(row);
      if (row >= this.store.firstRow) this.look(row);
    }
  }

  /** Dropped rows are not asked for again. */
  private forget(): void {
    const { firstRow } = this.store;
    this.next = Math.max(this.next, firstRow);
    for (const index of this.segments.keys())
      if ((index + 1) * SEGMENT_ROWS <= firstRow) this.segments.delete(index);
    this.followChanged();
  }

  /** Counts anew where rows have got another socket, or are no messages any more. */
  private followChanged(): void {
    const { firstRow, remarks } = this.store;
    if (firstRow === this.first && remarks.changes === this.remarks) return;
    const changed = new Set([firstRow, ...remarks.changedSince(this.remarks)].map(segmentIndex));
    this.first = firstRow;
    this.remarks = remarks.changes;
    for (const index of changed) this.countAgain(index);
  }

  private countAgain(index: number): void {
    const segment = this.segments.get(index);
    if (!segment) return;
    segment.counts.clear();
    for (const [at, code] of segment.codes.entries()) {
      const row = index * SEGMENT_ROWS + at;
      if (code !== UNKNOWN && this.store.kind(row) < FrameKind.open) this.countIn(segment, row, code);
    }
  }
}
