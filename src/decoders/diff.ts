import { diffArrays } from 'diff';
import { asciiOf, hexPairs } from './bytes/hex.ts';
import { prettyJson } from './json/pretty.ts';
import { mqttAsJson, readMqtt } from './mqtt/message.ts';
import type { Payload } from './payload.ts';
import { prettyPayload } from './pretty-payload.ts';
import { type SocketWords, speaksMqtt, UNKNOWN_SOCKET } from './protocol-signs.ts';

/** One line of a comparison of two payloads. Line numbers count from 1 and are undefined if the line is not in that payload. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
  readonly before: number | undefined;
  readonly after: number | undefined;
  /** The parts of the text that differ from the line which it replaces, in order. */
  readonly changed: readonly TextPart[];
}

/** In UTF-16 units. */
export interface TextPart {
  readonly start: number;
  readonly end: number;
}

/** @typeParam Lines how the lines are held */
export type PayloadDiff<Lines = readonly DiffLine[]> =
  | { readonly type: 'equal' }
  | {
      readonly type: 'lines';
      readonly lines: Lines;
      readonly added: number;
      readonly removed: number;
      /** Bytes per line; undefined for the lines of a text. */
      readonly bytesALine: number | undefined;
    }
  /** One payload is text and the other is bytes. */
  | { readonly type: 'kinds' }
  | { readonly type: 'too-large' };

/** Most UTF-16 units or bytes that both payloads may have together. */
const MOST_COMPARED = 16 * 1024 * 1024;
/** UTF-16 units of JSON with a line for each value. What would be longer, as deep brackets are, is compared as it is written. */
const LONGEST_LAID_OUT = 4 * MOST_COMPARED;
/** Default time limit of a comparison, in ms. */
const PATIENCE = 4000;
/** Bytes per line: as many as fit, with their characters, into the frame detail at its initial width. */
const BYTES_A_LINE = 8;
/** Column at which the characters of a line of bytes begin. */
const CHARACTERS = BYTES_A_LINE * 3 + 1;

/**
 * What has changed from one payload to another, line by line. JSON is compared value by value, whatever its white space, even
 * if a protocol has wrapped it. Other bytes are compared in rows of eight.
 * @param sockets the sockets of the two payloads
 * @param patience ms after which comparing the lines is given up: it takes longer the more they differ
 */
export function diffPayloads(
  before: Payload,
  after: Payload,
  [socketBefore, socketAfter]: readonly [SocketWords, SocketWords] = [UNKNOWN_SOCKET, UNKNOWN_SOCKET],
  patience = PATIENCE,
): PayloadDiff {
  if (before.length + after.length > MOST_COMPARED) return { type: 'too-large' };
  const pretty = [comparable(before, socketBefore), comparable(after, socketAfter)] as const;
  const compared = linesOf(before, after, pretty);
  if (!compared) return { type: 'kinds' };
  const {
    lines: [old, now],
    bytesALine,
  } = compared;
  const changes = diffArrays(old, now, { timeout: patience });
  if (!changes) return { type: 'too-large' };
  const lines: DiffLine[] = [];
  let [oldLine, newLine] = [1, 1];
  for (const { value, added, removed } of changes) {
    for (const text of value) {
      if (added) lines.push({ kind: 'added', text, before: undefined, after: newLine++, changed: [] });
      else if (removed)
        lines.push({ kind: 'removed', text, before: oldLine++, after: undefined, changed: [] });
      else lines.push({ kind: 'same', text, before: oldLine++, after: newLine++, changed: [] });
    }
  }
  const added = lines.filter(({ kind }) => kind === 'added').length;
  const removed = lines.filter(({ kind }) => kind === 'removed').length;
  if (added + removed === 0) return { type: 'equal' };
  const parts = bytesALine === undefined ? changedPart : changedBytes;
  return { type: 'lines', lines: markChanges(lines, parts), added, removed, bytesALine };
}

/** A payload, or the JSON within a packet, as lines of JSON; undefined if there is no JSON. */
function comparable(payload: Payload, socket: SocketWords): string | undefined {
  const pretty = prettyPayload(payload, socket, { mostRead: MOST_COMPARED, longest: LONGEST_LAID_OUT });
  if (pretty !== undefined || typeof payload === 'string' || !speaksMqtt(socket.protocol)) return pretty;
  const message = readMqtt(payload);
  return message && prettyJson(mqttAsJson(message));
}

/** Undefined if one is text and the other bytes, unless both are JSON. */
function linesOf(
  before: Payload,
  after: Payload,
  [prettyBefore, prettyAfter]: readonly [string | undefined, string | undefined],
): ComparedLines | undefined {
  const texts = (one: string, other: string): ComparedLines => ({
    lines: [one.split('\n'), other.split('\n')],
    bytesALine: undefined,
  });
  if (prettyBefore !== undefined && prettyAfter !== undefined) return texts(prettyBefore, prettyAfter);
  if (typeof before === 'string' && typeof after === 'string') return texts(before, after);
  if (typeof before === 'string' || typeof after === 'string') return undefined;
  return { lines: [byteLines(before), byteLines(after)], bytesALine: BYTES_A_LINE };
}

interface ComparedLines {
  readonly lines: readonly [string[], string[]];
  readonly bytesALine: number | undefined;
}

function byteLines(payload: Uint8Array): string[] {
  const lines: string[] = [];
  for (let at = 0; at < payload.length; at += BYTES_A_LINE) {
    const part = payload.subarray(at, at + BYTES_A_LINE);
    lines.push(`${hexPairs(part).join(' ').padEnd(CHARACTERS)}${asciiOf(part)}`);
  }
  return lines;
}

/** If as many lines were added as removed, each is taken for the new version of the other, and the parts that differ are marked. */
function markChanges(lines: readonly DiffLine[], parts: ChangedParts): DiffLine[] {
  const marked = [...lines];
  let at = 0;
  while (at < marked.length) {
    const removed = runOf(marked, at, 'removed');
    const added = runOf(marked, at + removed, 'added');
    if (removed > 0 && removed === added) {
      for (let index = at; index < at + removed; index++) markPair(marked, index, index + removed, parts);
    }
    at += Math.max(1, removed + added);
  }
  return marked;
}

function runOf(lines: readonly DiffLine[], from: number, kind: DiffLine['kind']): number {
  let end = from;
  while (lines[end]?.kind === kind) end++;
  return end - from;
}

function markPair(lines: DiffLine[], first: number, second: number, parts: ChangedParts): void {
  const [old, now] = [lines[first], lines[second]];
  if (!old || !now) return;
  lines[first] = { ...old, changed: parts(old.text, now.text) };
  lines[second] = { ...now, changed: parts(now.text, old.text) };
}

/** The parts of a line that differ from another one. */
type ChangedParts = (text: string, other: string) => readonly TextPart[];

/** The part between the common beginning and the common end. */
function changedPart(text: string, other: string): readonly TextPart[] {
  const start = commonStart(text, other);
  const end = text.length - commonEnd(text.slice(start), other.slice(start));
  return end > start ? [{ start, end }] : [];
}

/** Marks each byte that differs, and its character. */
function changedBytes(text: string, other: string): readonly TextPart[] {
  const digits: TextPart[] = [];
  const characters: TextPart[] = [];
  for (let index = 0; CHARACTERS + index < text.length; index++) {
    const pair = { start: index * 3, end: index * 3 + 2 };
    if (text.slice(pair.start, pair.end) === other.slice(pair.start, pair.end)) continue;
    digits.push(pair);
    characters.push({ start: CHARACTERS + index, end: CHARACTERS + index + 1 });
  }
  return [...digits, ...characters];
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length++;
  return length;
}

function commonEnd(one: string, other: string): number {
  let length = 0;
  const most = Math.min(one.length, other.length);
  while (length < most && one.at(-1 - length) === other.at(-1 - length)) length++;
  return length;
}
