/** One line of a call stack. */
export interface StackLine {
  readonly text: string;
  readonly source: SourcePlace | undefined;
}

/** A place in a script. */
export interface SourcePlace {
  readonly url: string;
  /** from 1 */
  readonly line: number;
  /** from 1 */
  readonly column: number;
  /** Where in the line's text the place is named, in code units. */
  readonly start: number;
  readonly end: number;
}

/**
 * What a place in a script is called where its whole address is told elsewhere: `app.js:12:5`. The last part of the path, and
 * the host where there is none.
 */
export function shortPlace({ url, line, column }: SourcePlace): string {
  const [address = ''] = url.split(/[?#]/, 1);
  const last = address.slice(address.lastIndexOf('/', address.length - 2) + 1);
  return `${last || url}:${line}:${column}`;
}

const LINE_AND_COLUMN = /:(\d+):(\d+)\)?$/;
const ABSOLUTE_URL = /^[a-z][a-z0-9+.-]*:\S+$/i;

/** The lines of an `Error.stack` without the "Error" that V8 begins it with. The text is the page's word: it proves nothing. */
export function stackLines(stack: string): StackLine[] {
  return stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== 'Error')
    .map((text) => ({ text, source: placeIn(text) }));
}

function placeIn(text: string): SourcePlace | undefined {
  const found = LINE_AND_COLUMN.exec(text);
  if (!found) return undefined;
  const [, line = '', column = ''] = found;
  const start = startOfPlace(text);
  const url = text.slice(start, found.index);
  if (!ABSOLUTE_URL.test(url)) return undefined; // `<anonymous>`, and what eval and wasm are called
  const end = text.length - (text.endsWith(')') ? 1 : 0);
  return { url, line: Number(line), column: Number(column), start, end };
}

/** V8 writes `at name (place)` or `at place`, SpiderMonkey `name@place`. */
function startOfPlace(text: string): number {
  if (!text.startsWith('at ')) return text.indexOf('@') + 1;
  return text.endsWith(')') ? text.lastIndexOf(' (') + 2 : text.lastIndexOf(' ') + 1;
}
