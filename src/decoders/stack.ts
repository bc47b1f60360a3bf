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
  /** Where the place is named in the line's text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/**
 * A short name for a place in a script, for use where the whole address is shown elsewhere: `app.js:12:5`. The last part of the path, or
 * the host if there is no path.
 */
export function shortPlace({ url, line, column }: SourcePlace): string {
  const [address = ''] = url.split(/[?#]/, 1);
  const last = address.slice(address.lastIndexOf('/', address.length - 2) + 1);
  return `${last || url}:${line}:${column}`;
}

const LINE_AND_COLUMN = /:(\d+):(\d+)\)?$/;
const ABSOLUTE_URL = /^[a-z][a-z0-9+.-]*:\S+$/i;

/** The lines of an `Error.stack`, without the "Error" at its beginning in V8. The text comes from the page, which can forge it. */
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
  if (!ABSOLUTE_URL.test(url)) return undefined; // `<anonymous>`, and the names of code from eval and WebAssembly
  const end = text.length - (text.endsWith(')') ? 1 : 0);
  return { url, line: Number(line), column: Number(column), start, end };
}

/** V8 writes `at name (place)` or `at place`, SpiderMonkey `name@place`. */
function startOfPlace(text: string): number {
  if (!text.startsWith('at ')) return text.indexOf('@') + 1;
  return text.endsWith(')') ? text.lastIndexOf(' (') + 2 : text.lastIndexOf(' ') + 1;
}
