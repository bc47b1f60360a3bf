import { parseJson } from '../../decoders/json/document.ts';
import { FrameKind } from '../../protocol/frames.ts';
import { BadField, isObject } from '../fields.ts';
import type { FileProblemReason, RecordedFrame, RecordedSocket, RecordingSink } from '../recording.ts';
import { type CutterHandler, JsonCutter } from './cutter.ts';
import { mergeByTime } from './merge.ts';
import { OWN_ROWS, readOwnRow } from './own-fields.ts';
import { HarEntry } from './read-file-entry.ts';

/** Frames handed over before yielding the thread. */
const STRIDE = 1000;

/**
 * Reads the sockets of a HAR as it comes in. Their frames can only be put in the order of time when all are there, so they are
 * handed over at the end.
 */
export class HarReader implements CutterHandler {
  private readonly cutter = new JsonCutter(this);
  private readonly sockets: RecordedSocket[] = [];
  private readonly frames: RecordedFrame[][] = [];
  /** Addresses of pages by their id. */
  private readonly pages = new Map<string, string>();
  /** Frames that belong to no socket. */
  private readonly rows: RecordedFrame[] = [];
  private entry = new HarEntry(1);

  constructor(private readonly sink: RecordingSink) {}

  push(text: string): void {
    this.cutter.push(text);
  }

  *end(): Generator<void> {
    const { line, column } = this.cutter.position();
    if (this.cutter.isBroken) this.complain({ code: 'not-json', column }, line);
    else if (!this.cutter.isComplete) this.complain({ code: 'cut-off' }, line);
    this.endEntry();
    if (this.sockets.length === 0) this.complain({ code: 'no-sockets' }, line);
    for (const socket of this.sockets) {
      this.sink.socket({ ...socket, documentUrl: this.pages.get(socket.documentUrl) ?? '' });
    }
    let count = 0;
    for (const frame of mergeByTime([this.rows, ...this.frames])) {
      this.sink.frame(frame);
      if (++count % STRIDE === 0) yield;
    }
  }

  wants(path: readonly string[]): boolean {
    const [log, list, , key] = path;
    if (log !== 'log') return false;
    if (list === 'pages' || list === OWN_ROWS) return path.length === 3;
    if (list !== 'entries') return false;
    return key === '_webSocketMessages' || key === OWN_ROWS ? path.length === 5 : path.length === 4;
  }

  piece(path: readonly string[], text: string, line: number, column: number): void {
    const [, list, , key] = path;
    if (list === 'entries' && path.length === 4) {
      this.entry.addField(key ?? '', text, line, column);
      return;
    }
    const value = this.parse(text, line, column);
    if (value === undefined) return;
    try {
      if (list === 'pages') this.takePage(value);
      else if (list === OWN_ROWS) this.takeLooseRow(value);
      else if (key === OWN_ROWS) this.entry.addRow(value);
      else this.entry.addMessage(value);
    } catch (error) {
      this.complainOf(error, line);
    }
  }

  left(path: readonly string[]): void {
    if (path.length === 3 && path[1] === 'entries') this.endEntry();
  }

  /** An entry has ended, or the file has within it. */
  private endEntry(): void {
    const { entry } = this;
    const found = entry.read(
      (text, line, column) => this.parse(text, line, column),
      (error, line) => this.complainOf(error, line),
    );
    if (found) {
      this.sockets.push(found.socket);
      this.frames.push(found.frames);
    }
    this.entry = new HarEntry(this.sockets.length + 1);
  }

  private takePage(value: unknown): void {
    if (!isObject(value)) return;
    const { id, title } = value;
    // Chrome writes the address there, others the title.
    if (typeof id === 'string' && typeof title === 'string' && /^[a-z][a-z\d+.-]*:\S+$/i.test(title)) {
      this.pages.set(id, title);
    }
  }

  /** Only a gap can belong to no socket. */
  private takeLooseRow(value: unknown): void {
    const { frame } = readOwnRow(value, 0);
    if (frame.kind !== FrameKind.gap) throw new BadField(`${OWN_ROWS}.type`);
    this.rows.push(frame);
  }

  /** Undefined if it is not JSON, which is reported. */
  private parse(text: string, line: number, column: number): unknown {
    try {
      return JSON.parse(text);
    } catch {
      const error = parseJson(text).error ?? { line: 1, column: 1 };
      const place = error.line === 1 ? column + error.column - 1 : error.column;
      this.complain({ code: 'not-json', column: place }, line + error.line - 1);
      return undefined;
    }
  }

  private complainOf(error: unknown, line: number): void {
    if (!(error instanceof BadField)) throw error;
    this.complain({ code: 'bad-field', field: error.field }, line);
  }

  private complain(reason: FileProblemReason, line: number): void {
    this.sink.problem({ line, reason });
  }
}
