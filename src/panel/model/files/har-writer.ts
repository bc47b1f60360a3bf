import { ownRowText } from '../../../formats/har/own-fields.ts';
import {
  HAR_ENTRY_END,
  HAR_MESSAGES_END,
  HAR_ROWS_START,
  type HarPage,
  harEnd,
  harEntryStart,
  harMessage,
  harStart,
} from '../../../formats/har/write.ts';
import type { RecordedFrame } from '../../../formats/recording.ts';
import { FrameKind } from '../../../protocol/frames.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { recordedSocket } from './export-rows.ts';
import type { ExportSource, ExportWriter } from './export-writer.ts';
import { type Piece, type Pieces, TextPile } from './text-pile.ts';

/** Writes a HAR: an entry for each socket, with whatever HAR has no field for after its messages. */
export class HarWriter implements ExportWriter {
  readonly bySocket = true;
  private readonly pages: HarPage[] = [];
  /** Numbers of the sockets that have an entry. The entry of the last one is still open. */
  private readonly written = new Set<number>();
  private socket = 0;
  /** Of the entry. */
  private messages = 0;
  /** Rows of the entry that are not HAR messages. */
  private rows = new TextPile();
  /** Gaps that belong to no socket, or to one that has been forgotten. */
  private readonly looseRows = new TextPile();

  constructor(private readonly source: ExportSource) {}

  start(): string {
    return harStart(this.source.version);
  }

  frame(_row: number, frame: RecordedFrame): Pieces {
    const socket = this.source.socket(frame.socket);
    if (!socket) {
      if (frame.kind === FrameKind.gap) addRow(this.looseRows, ownRowText(frame, undefined));
      return '';
    }
    const isNew = frame.socket !== this.socket;
    const message = harMessage(frame, isNew || this.messages === 0, socket.handshake?.failure);
    const start = isNew ? this.startEntry(socket) : undefined;
    if (message === '') addRow(this.rows, ownRowText(frame, this.messages));
    else this.messages++;
    return start ? [...start, message] : message;
  }

  end(): readonly Piece[] {
    const silent = this.source.sockets.filter(({ number }) => !this.written.has(number));
    const entries = silent.flatMap((socket) => this.startEntry(socket));
    const rows = this.looseRows.pieces();
    return [...entries, ...this.endEntry(), HAR_ROWS_START, ...rows, harEnd(this.pages)];
  }

  private startEntry(socket: PanelSocket): Piece[] {
    const before = this.endEntry();
    const isFirst = this.written.size === 0;
    this.written.add(socket.number);
    this.socket = socket.number;
    this.messages = 0;
    this.rows = new TextPile();
    return [...before, harEntryStart(recordedSocket(socket), this.pageOf(socket), isFirst)];
  }

  private endEntry(): Piece[] {
    if (this.written.size === 0) return [];
    return [HAR_MESSAGES_END, ...this.rows.pieces(), HAR_ENTRY_END];
  }

  private pageOf({ document, record }: PanelSocket): number {
    const { url } = document.identity;
    const known = this.pages.findIndex((page) => page.url === url);
    if (known >= 0 || url === '') return known;
    return this.pages.push({ url, time: record.createdAt }) - 1;
  }
}

function addRow(pile: TextPile, row: string): void {
  pile.add(`${pile.isEmpty ? '' : ','}\n${row}`);
}
