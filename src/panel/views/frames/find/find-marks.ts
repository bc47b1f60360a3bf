import { exactNeedle, substringNeedle } from '../../../../store/query/language/text-test.ts';
import type { PanelHelpers } from '../../../model/filter/search-helpers.ts';
import type { FindQuery } from '../../../model/find/find-query.ts';

/** Name of the highlight in the style sheet. */
const MARKS = 'find';
/** The cells whose text is searched. */
const CELLS = '.row:not(.header) .cell.data';
/** Most matches that are marked in one cell. */
const MOST = 100;

/** From one UTF-16 unit of a cell's text up to another. */
interface Place {
  readonly cell: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Marks the matches in the visible rows, and keeps doing so as rows change. The rows themselves do not change: ranges are
 * highlighted, which browsers paint without a change to the document.
 * @returns a function that stops marking
 */
export function markMatches(rows: Element, query: FindQuery, helpers: PanelHelpers): () => void {
  const over = new AbortController();
  const { signal } = over;
  let isMarking = false;
  let isOld = false;
  const mark = async () => {
    isOld = false;
    const cells = query.text === '' ? [] : [...rows.querySelectorAll(CELLS)];
    const texts = cells.map(({ textContent }) => textContent ?? '');
    const places = await placesOf(query, texts, helpers, signal);
    if (signal.aborted) return;
    const ranges = places.flatMap(({ cell, start, end }) => rangeIn(cells[cell], start, end) ?? []);
    CSS.highlights.set(MARKS, new Highlight(...ranges));
  };
  // One at a time, and once more if rows have changed meanwhile.
  const markSoon = () => {
    isOld = true;
    if (isMarking) return;
    isMarking = true;
    requestAnimationFrame(async () => {
      if (!signal.aborted) await mark();
      isMarking = false;
      if (isOld && !signal.aborted) markSoon();
    });
  };
  const observer = new MutationObserver(markSoon);
  observer.observe(rows, { childList: true, characterData: true, subtree: true });
  markSoon();
  return () => {
    over.abort();
    observer.disconnect();
    CSS.highlights.delete(MARKS);
  };
}

/** Texts are searched here; regular expressions are run where they can be stopped. */
async function placesOf(
  query: FindQuery,
  texts: readonly string[],
  helpers: PanelHelpers,
  signal: AbortSignal,
): Promise<readonly Place[]> {
  if (texts.length === 0) return [];
  if (!query.isRegex) return textPlaces(query, texts);
  const pattern = { source: query.text, flags: query.matchesCase ? '' : 'i' };
  const found = (await helpers.placesIn(pattern, texts, signal)) ?? new Uint32Array();
  const places: Place[] = [];
  for (let at = 0; at < found.length; at += 3) {
    const [cell = 0, start = 0, end = 0] = found.subarray(at, at + 3);
    places.push({ cell, start, end });
  }
  return places;
}

export function textPlaces({ text, matchesCase }: FindQuery, texts: readonly string[]): Place[] {
  const needle = matchesCase ? exactNeedle(text) : substringNeedle(text);
  return texts.flatMap((whole, cell) => {
    const places: Place[] = [];
    let start = needle.find(whole, 0);
    while (start !== -1 && places.length < MOST) {
      const end = start + needle.length;
      places.push({ cell, start, end });
      start = needle.find(whole, end);
    }
    return places;
  });
}

/** The range of an element's text from one unit up to another, across the elements within it. */
export function rangeIn(element: Element | undefined, start: number, end: number): Range | undefined {
  if (!element) return undefined;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  let at = 0;
  let isBegun = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (!isBegun && start < at + length) {
      range.setStart(node, start - at);
      isBegun = true;
    }
    if (isBegun && end <= at + length) {
      range.setEnd(node, end - at);
      return range;
    }
    at += length;
  }
  return undefined;
}
