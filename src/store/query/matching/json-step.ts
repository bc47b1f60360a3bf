import { type JsonPath, JsonPathScan } from '../../../decoders/json/path.ts';
import { FrameKind } from '../../../protocol/frames.ts';
import { type JsonTest, valueTest } from '../language/json-test.ts';
import { Answer } from './answer.ts';
import { isBareJson, jsonText, SpokenByRows } from './json-text.ts';
import type { Pace } from './pace.ts';
import type { FrameSource } from './source.ts';

/** Units of JSON between two checks of the clock. */
const STRIDE = 64 * 1024;
/** Cost of a call besides the units read, in units of {@link Pace.spend}. */
const SCAN_COST = 512;
/** How much more a unit costs than one of a search for a text. */
const UNIT_COST = 8;

/** Tests values in the JSON of rows. A text so large that the time is up within it is resumed where it was left. */
export class JsonRowTest {
  private readonly scan: JsonPathScan;
  private readonly passes: ReturnType<typeof valueTest>;
  /** The name that is searched for, if every text with it writes it this way; undefined if there are other ways to write it. */
  private readonly lastName: string | undefined;
  private readonly spoken = new SpokenByRows();
  /** The row that the scan is in, or -1, and its JSON. */
  private row = -1;
  private text = '';

  constructor(
    path: JsonPath,
    test: JsonTest,
    private readonly pace: Pace,
  ) {
    this.scan = new JsonPathScan(path, test.type === 'contains');
    this.passes = valueTest(test);
    this.lastName = path.at(-1)?.type === 'member' ? literalsOf(path, undefined)[0] : undefined;
  }

  test(source: FrameSource, row: number): Answer {
    if (source.kind(row) >= FrameKind.open) return Answer.no;
    const payload = source.payload(row);
    if (payload === undefined) return source.isAway(source.blockNumber(row)) ? Answer.later : Answer.no;
    if (row !== this.row) {
      this.scan.begin();
      this.text = isBareJson(payload) ? payload : jsonText(payload, this.spoken.of(source, row));
    }
    const answer = this.goOn(this.text);
    if (answer === Answer.later) this.row = row;
    else this.leave();
    return answer;
  }

  /** Releases the text, which may keep a whole block alive. */
  private leave(): void {
    this.row = -1;
    this.text = '';
    this.scan.begin();
  }

  private goOn(text: string): Answer {
    const { scan, pace } = this;
    for (;;) {
      const from = scan.at;
      const state = scan.next(text, STRIDE);
      const isOver = pace.spend(SCAN_COST + UNIT_COST * (scan.at - from));
      if (state === 'over') return Answer.no;
      if (state === 'found') {
        if (this.passes(scan.source, scan.start, scan.end)) return Answer.yes;
        // Most often the rest has no such member, which is seen sooner than the rest is gone through.
        const isSeen = this.lastName !== undefined && !scan.isInString;
        if (isSeen && text.indexOf(this.lastName, scan.at) === -1) return Answer.no;
      }
      if (state === 'paused' && isOver) {
        pace.isInterrupted = true;
        return Answer.later;
      }
    }
  }
}

/** Characters that are never written as escapes. */
const PLAIN = /^[\w .,:;@#$%*()[\]{}|~^?!-]+$/;

/**
 * Literals that occur in every payload in which a test of a path can pass, the rarest first. Without the closing quote: if JSON is
 * in a string there is a backslash before it.
 */
export function literalsOf(path: JsonPath, test: JsonTest | undefined): string[] {
  const texts: string[] = [];
  if (test?.type === 'compare' && test.comparison === '==' && test.value.type === 'string')
    texts.push(test.value.text);
  const names = path.flatMap((step) => (step.type === 'member' ? [step.name] : []));
  texts.push(...names.slice(-1));
  return texts.filter((text) => PLAIN.test(text)).map((text) => `"${text}`);
}
