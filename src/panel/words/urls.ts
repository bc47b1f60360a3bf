import { summarise } from '../../decoders/summary.ts';
import { type UrlParts, urlParts } from './format.ts';

/** UTF-16 units of an address that are shown where it is one of many things. */
const LONGEST_PART = 300;
/** UTF-16 units of one that stands for itself: in a tooltip, or for who cannot see the list. */
const LONGEST_URL = 2000;

/** UTF-16 units of a path that a column of the usual width has room for. */
const SHORT = 14;

/** Those of the last few addresses: each row in sight asks for one. */
const shown = new Map<string, UrlParts>();
const MOST_SHOWN = 200;

/**
 * The parts of an address by which people tell sockets apart, in one visible line each. Those of pages are written out by the browser; what a
 * file says is an address may be anything.
 */
export function shownUrl(url: string): UrlParts {
  const known = shown.get(url);
  if (known) return known;
  const { path, host } = urlParts(url);
  const parts = { path: summarise(path, LONGEST_PART), host: summarise(host, LONGEST_PART) };
  if (shown.size >= MOST_SHOWN) shown.clear();
  shown.set(url, parts);
  return parts;
}

/** The path of an address where there is little room: of a long one its end, in which sockets of one server differ. */
export function shortPath(url: string): string {
  const { path } = shownUrl(url);
  const [name = ''] = path.split('?', 1);
  if (name.length <= SHORT) return path;
  const fitting = name.indexOf('/', name.length - SHORT + 1);
  const start = fitting >= 0 && fitting < name.length - 1 ? fitting : name.lastIndexOf('/', name.length - 2);
  return start > 0 ? `…${path.slice(start)}` : path;
}

/** A whole address in one visible line. */
export function wholeUrl(url: string): string {
  return summarise(url, LONGEST_URL);
}

/** What a server or a file says in few words, in one visible line. */
export function shownWords(words: string): string {
  return summarise(words, LONGEST_PART);
}
