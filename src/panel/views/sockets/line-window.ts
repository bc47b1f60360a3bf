import type { SocketGroup } from '../../model/sockets/socket-lines.ts';

/** px; as in the style sheet */
export const LINE_HEIGHT = 38;
export const HEADING_HEIGHT = 22;

/** Lists of up to this many lines are drawn as a whole. */
const MOST_WHOLE = 200;
/** Lines drawn beyond the visible ones at either end, so that none is missing while the list is scrolled. */
const BEYOND = 30;

/** The visible part of a list, in px. */
export interface Sight {
  readonly top: number;
  readonly height: number;
}

/** The lines of a group that are drawn: from one index up to another. */
export interface GroupWindow {
  readonly group: SocketGroup;
  readonly from: number;
  readonly to: number;
  /** Number of lines in the groups before it. */
  readonly before: number;
  /** Those of them that are drawn. */
  readonly drawnBefore: number;
  /** px from the top of the list to the first line of the group. */
  readonly top: number;
}

export interface LineWindow {
  readonly groups: readonly GroupWindow[];
  /** Lines of all groups. */
  readonly count: number;
  /** Some are not drawn. */
  readonly isPart: boolean;
}

/** Which lines to draw. All lines have the same height, so that those that are not drawn keep their space. */
export function windowOf(groups: readonly SocketGroup[], { top, height }: Sight): LineWindow {
  const count = groups.reduce((sum, { lines }) => sum + lines.length, 0);
  const isPart = count > MOST_WHOLE;
  const margin = isPart ? BEYOND * LINE_HEIGHT : Number.POSITIVE_INFINITY;
  let before = 0;
  let drawnBefore = 0;
  let at = 0;
  const windows = groups.map((group) => {
    const { length } = group.lines;
    const start = at + HEADING_HEIGHT;
    const place = (px: number) => Math.min(length, Math.max(0, px / LINE_HEIGHT));
    const from = Math.floor(place(top - margin - start));
    const to = Math.max(from, Math.ceil(place(top + height + margin - start)));
    const window = { group, from, to, before, drawnBefore, top: start };
    before += length;
    drawnBefore += to - from;
    at = start + length * LINE_HEIGHT;
    return window;
  });
  return { groups: windows, count, isPart };
}

/** The position of a line, in px from the top of the list. */
export function topOfLine(groups: readonly SocketGroup[], index: number): number {
  let left = index;
  let at = 0;
  for (const { lines } of groups) {
    at += HEADING_HEIGHT;
    if (left < lines.length) return at + left * LINE_HEIGHT;
    left -= lines.length;
    at += lines.length * LINE_HEIGHT;
  }
  return at;
}

/** The scroll position that makes a line visible; the present one if it is visible already. */
export function scrolledTo(groups: readonly SocketGroup[], index: number, { top, height }: Sight): number {
  const start = topOfLine(groups, index);
  // The first line of a group is shown together with its heading.
  if (start < top) return index === 0 ? 0 : start;
  return Math.max(top, start + LINE_HEIGHT - height);
}
