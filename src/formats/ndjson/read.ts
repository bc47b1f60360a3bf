import { parseJson } from '../../decoders/json/document.ts';
import { FrameKind } from '../../protocol/frames.ts';
import { amountIn, BadField, type Fields, isObject } from '../fields.ts';
import type { FileProblemReason, RecordedFrame, RecordingSink } from '../recording.ts';
import { HEADER_TYPE, NDJSON_VERSION } from './names.ts';
import { readRow } from './read-row.ts';
import { readSocketLine } from './read-socket.ts';

/** Reads NDJSON as it arrives; an invalid line is reported, and reading continues with the next one. */
export class NdjsonReader {
  private rest = '';
  private line = 0;
  private readonly sockets = new Set<number>();

  constructor(private readonly sink: RecordingSink) {}

  /** Takes the next piece of the file, of any length. */
  push(text: string): void {
    const lines = text.split('\n');
    lines[0] = this.rest + (lines[0] ?? '');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.readLine(line);
  }

  /** The end of the file. Nothing is left to be done in steps. */
  end(): readonly never[] {
    const { rest } = this;
    this.rest = '';
    if (isJson(rest)) this.readLine(rest);
    else if (rest.trim() !== '') this.complain({ code: 'cut-off' }, ++this.line);
    return [];
  }

  private readLine(text: string): void {
    this.line++;
    if (text.trim() === '') return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.complain({ code: 'not-json', column: (parseJson(text).error?.offset ?? 0) + 1 });
      return;
    }
    if (!isObject(value)) return this.complain({ code: 'not-an-object' });
    try {
      this.take(value);
    } catch (error) {
      if (!(error instanceof BadField)) throw error;
      this.complain({ code: 'bad-field', field: error.field });
    }
  }

  private take(fields: Fields): void {
    switch (fields.type) {
      case HEADER_TYPE:
        return this.takeHeader(fields);
      case 'socket':
        return this.takeSocket(fields);
      default: {
        const row = readRow(fields);
        if (row) this.takeRow(row);
        else this.complain({ code: 'unknown-type', type: String(fields.type).slice(0, 40) });
      }
    }
  }

  private takeHeader(fields: Fields): void {
    const version = amountIn(fields, 'version');
    if (version > NDJSON_VERSION) this.complain({ code: 'newer-version', version });
  }

  private takeSocket(fields: Fields): void {
    const socket = readSocketLine(fields);
    this.sockets.add(socket.number);
    this.sink.socket(socket);
  }

  private takeRow(frame: RecordedFrame): void {
    const isOwned = this.sockets.has(frame.socket) || (frame.socket === 0 && frame.kind === FrameKind.gap);
    if (isOwned) this.sink.frame(frame);
    else this.complain({ code: 'unknown-socket', socket: frame.socket });
  }

  private complain(reason: FileProblemReason, line = this.line): void {
    this.sink.problem({ line, reason });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
