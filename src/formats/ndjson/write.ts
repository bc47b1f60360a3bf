import type { RecordedFrame, RecordedSocket } from '../recording.ts';
import { rowFields, socketFields } from './fields-of.ts';
import { HEADER_TYPE, NDJSON_VERSION } from './names.ts';

// Each function gives one line with its end. `JSON.stringify` escapes lone surrogates and leaves undefined fields out.

/** @param time ms since the epoch at which it is written */
export function ndjsonHeader(program: string, time: number): string {
  return line({
    type: HEADER_TYPE,
    version: NDJSON_VERSION,
    writtenBy: program,
    writtenAt: new Date(time).toISOString(),
  });
}

export function ndjsonSocket(socket: RecordedSocket): string {
  const { number, documentUrl, handshake } = socket;
  return line({
    type: 'socket',
    socket: number,
    document: documentUrl,
    url: socket.record.url,
    ...socketFields(socket),
    handshake,
  });
}

export function ndjsonFrame(frame: RecordedFrame): string {
  const { type, ...fields } = rowFields(frame);
  return line({ type, socket: frame.socket || undefined, ...fields });
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
