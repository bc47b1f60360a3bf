import { SPOKEN_PROTOCOLS, type SpokenProtocol } from '../../../decoders/spoken.ts';
import { FrameKind } from '../../../protocol/frames.ts';
import { pathTest } from '../language/json-test.ts';
import { regexTest } from '../language/text-test.ts';
import { jsonText, SpokenByRows } from './json-text.ts';
import type { Pattern } from './patterns.ts';
import { MAX_DECODED_BYTES, readLatin1, readUtf8 } from './row-text.ts';
import type { FrameSource } from './source.ts';

/** The contents of some rows for another thread: all texts in one and all bytes in one, because each part has a cost. */
export interface RowContents {
  readonly text: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** UTF-16 units or bytes of each row */
  readonly lengths: Uint32Array<ArrayBuffer>;
  /** 1 if a row has bytes */
  readonly areBytes: Uint8Array<ArrayBuffer>;
  /** The place in {@link SPOKEN_PROTOCOLS} of what each row's socket speaks, from 1; 0 where that is not known. */
  readonly spoken: Uint8Array<ArrayBuffer>;
}

/** Gathers {@link RowContents}. */
export class ContentPacker {
  readonly rows: number[] = [];
  /** UTF-16 units and bytes gathered. */
  units = 0;
  private readonly contents: (string | Uint8Array)[] = [];
  private readonly spoken: number[] = [];
  private readonly spokenByRows = new SpokenByRows();

  /** Adds what regular expressions search in a row: its payload in memory, or the text of an event. */
  add(source: FrameSource, row: number): void {
    const isMessage = source.kind(row) < FrameKind.open;
    const whole = (isMessage ? source.payload(row) : source.eventText(row)) ?? '';
    const content = typeof whole === 'string' ? whole : whole.subarray(0, MAX_DECODED_BYTES);
    this.rows.push(row);
    this.contents.push(content);
    const spoken = isMessage ? this.spokenByRows.of(source, row) : undefined;
    this.spoken.push(spoken === undefined ? 0 : SPOKEN_PROTOCOLS.indexOf(spoken) + 1);
    this.units += content.length;
  }

  pack(): RowContents {
    const { contents } = this;
    const parts = contents.filter((content) => typeof content !== 'string');
    const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return {
      text: contents.filter((content) => typeof content === 'string').join(''),
      bytes,
      lengths: Uint32Array.from(contents, ({ length }) => length),
      areBytes: Uint8Array.from(contents, (content) => (typeof content === 'string' ? 0 : 1)),
      spoken: Uint8Array.from(this.spoken),
    };
  }
}

/**
 * Runs regular expressions over the contents of rows; a binary payload has two readings and matches if either does.
 * @param onStep called before each row and expression; steps count through the expressions of a row, then the rows
 * @returns 1 for a match; for each row, one value per expression
 */
export function testContents(
  patterns: readonly Pattern[],
  contents: RowContents,
  onStep: (step: number) => void,
): Uint8Array<ArrayBuffer> {
  const tests = patterns.map(readingTest);
  const found = new Uint8Array(contents.lengths.length * tests.length);
  let step = 0;
  for (const reading of readingsOf(contents)) {
    for (const test of tests) {
      onStep(step);
      found[step++] = test(reading) ? 1 : 0;
    }
  }
  return found;
}

/** A row's payload, and the protocol that is spoken on its socket. */
interface Reading {
  readonly payload: string | Uint8Array;
  readonly spoken: SpokenProtocol | undefined;
}

function readingTest({ source, flags, path }: Pattern): (reading: Reading) => boolean {
  const test = regexTest(source, flags);
  if (path) {
    const testJson = pathTest(path, test);
    return ({ payload, spoken }) => testJson(jsonText(payload, spoken));
  }
  return ({ payload }) =>
    typeof payload === 'string' ? test(payload) : test(readUtf8(payload)) || test(readLatin1(payload));
}

/** Most matches that are reported for one text: texts that people look at have no more. */
const MOST_PLACES = 100;

/** Where a regular expression matches in texts: place of the text, start and end, in UTF-16 units, for each match. */
export function placesIn(
  { source, flags }: Pattern,
  contents: RowContents,
  onStep: (step: number) => void,
): Uint32Array<ArrayBuffer> {
  const regex = new RegExp(source, `${flags}g`);
  const places: number[] = [];
  let at = 0;
  for (const [index, length] of contents.lengths.entries()) {
    onStep(index);
    const text = contents.text.slice(at, at + length);
    at += length;
    for (const match of firstOf(text.matchAll(regex))) {
      if (match[0] !== '') places.push(index, match.index, match.index + match[0].length);
    }
  }
  return Uint32Array.from(places);
}

function* firstOf<Item>(items: Iterable<Item>): Generator<Item> {
  let count = 0;
  for (const item of items) {
    if (count++ >= MOST_PLACES) return;
    yield item;
  }
}

function* readingsOf({ text, bytes, lengths, areBytes, spoken }: RowContents): Generator<Reading> {
  let textAt = 0;
  let bytesAt = 0;
  for (const [row, length] of lengths.entries()) {
    const isText = areBytes[row] !== 1;
    const payload = isText ? text.slice(textAt, textAt + length) : bytes.subarray(bytesAt, bytesAt + length);
    if (isText) textAt += length;
    else bytesAt += length;
    yield { payload, spoken: SPOKEN_PROTOCOLS[(spoken[row] ?? 0) - 1] };
  }
}
