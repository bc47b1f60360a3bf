import { HarReader } from '../../../formats/har/read.ts';
import { NdjsonReader } from '../../../formats/ndjson/read.ts';
import type { RecordingSink } from '../../../formats/recording.ts';
import { encodingOf, FileText, MARK_LENGTH } from './file-text.ts';

export { ImportedRecording } from './imported-recording.ts';

/** bytes read and taken in between two moments at which others may do something: a few ms of work */
const PART = 256 * 1024;

type Format = 'har' | 'ndjson';

/**
 * Reads a file from its beginning to its end, or until the signal aborts.
 * @param onProgress told how many bytes have been read
 * @returns false if it was aborted
 */
export async function readRecording(
  file: Blob,
  name: string,
  sink: RecordingSink,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<boolean> {
  const encoding = encodingOf(new Uint8Array(await file.slice(0, MARK_LENGTH).arrayBuffer()));
  const head = await file.slice(0, PART).arrayBuffer();
  const format = formatOf(new TextDecoder(encoding).decode(head), name);
  if (!format) {
    sink.problem({ line: 1, reason: { code: 'unknown-format' } });
    return true;
  }
  const reader = format === 'har' ? new HarReader(sink) : new NdjsonReader(sink);
  const text = new FileText(encoding, (line) => sink.problem({ line, reason: { code: 'not-utf8' } }));
  for (let at = 0; at < file.size; at += PART) {
    const bytes = await file.slice(at, at + PART).arrayBuffer();
    if (signal.aborted) return false;
    reader.push(text.push(new Uint8Array(bytes)));
    onProgress(Math.min(file.size, at + PART));
  }
  reader.push(text.end());
  for (const _ of reader.end()) {
    await nothing(file);
    if (signal.aborted) return false;
  }
  return true;
}

/** A round trip to the browser, for which no timer is needed: those of a hidden panel are slow. */
async function nothing(file: Blob): Promise<void> {
  await file.slice(0, 0).arrayBuffer();
}

/** Told by what stands at the beginning; the name counts where that is broken. */
function formatOf(head: string, name: string): Format | undefined {
  const first = head.trimStart();
  const end = first.indexOf('\n');
  const line = end < 0 ? first : first.slice(0, end);
  if (hasType(line) || /\.(ndjson|jsonl)$/i.test(name)) return 'ndjson';
  return first.startsWith('{') ? 'har' : undefined;
}

function hasType(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'type' in value;
  } catch {
    return false;
  }
}
