import { parseJson } from '../../decoders/json.ts';
import { isObject } from '../fields.ts';
import type { FileProblemReason, RecordedFrame, RecordedSocket, RecordingSink } from '../recording.ts';
import { type CutterHandler, JsonCutter } from './cutter.ts';
import { mergeByTime } from './merge.ts';
import { HarEntry } from './read-file-entry.ts';

/** Frames handed over between two moments at which others may do something. */
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
  private entry = new HarEntry();

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
    for (const frame of mergeByTime(this.frames)) {
      this.sink.frame(frame);
      if (++count % STRIDE === 0) yield;
    }
  }

  wants(path: readonly string[]): boolean {
    const [log, list, , key] = path;
    if (log !== 'log') return false;
    if (list === 'pages') return path.length === 3;
    if (list !== 'entries') return false;
    return key === '_webSocketMessages' ? path.length === 5 : path.length === 4;
  }

  piece(path: readonly string[], text: string, line: number, column: number): void {
    if (path[1] === 'entries' && path.length === 4) {
      this.entry.addField(path[3] ?? '', text, line, column);
      return;
    }
    const value = this.parse(text, line, column);
    if (value === undefined) return;
    if (path[1] === 'pages') this.takePage(value);
    else if (!this.entry.addMessage(value)) this.complain({ code: 'bad-field', field: 'data' }, line);
  }

  left(path: readonly string[]): void {
    if (path.length === 3 && path[1] === 'entries') this.endEntry();
  }

  /** An entry is over, or all that is there of it. */
  private endEntry(): void {
    const { entry } = this;
    this.entry = new HarEntry();
    const number = this.sockets.length + 1;
    const found = entry.read(number, (text, line, column) => this.parse(text, line, column));
    if (!found) return;
    this.sockets.push(found.socket);
    this.frames.push(found.frames);
  }

  private takePage(value: unknown): void {
    if (!isObject(value)) return;
    const { id, title } = value;
    // Chrome writes the address there, others the title.
    if (typeof id === 'string' && typeof title === 'string' && /^[a-z][a-z\d+.-]*:\S+$/i.test(title)) {
      this.pages.set(id, title);
    }
  }

  /** Undefined, and told of, where it is not JSON. */
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

  private complain(reason: FileProblemReason, line: number): void {
    this.sink.problem({ line, reason });
  }
}
