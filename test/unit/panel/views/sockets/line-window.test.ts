import { describe, expect, test } from 'vitest';
import type { SocketGroup } from '../../../../../src/panel/model/sockets/socket-lines.ts';
import {
  HEADING_HEIGHT,
  LINE_HEIGHT,
  scrolledTo,
  topOfLine,
  windowOf,
} from '../../../../../src/panel/views/sockets/line-window.ts';
import { PanelWorld } from '../../../helpers/panel-world.ts';

/** Groups of so many lines each. */
function groupsOf(...lengths: number[]): SocketGroup[] {
  const world = new PanelWorld();
  const socket = world.addSocket();
  const line = { socket, earlier: [], isOpen: false, isEarlier: false, isOneOfSeveral: false };
  return lengths.map((length) => ({ document: world.document, lines: Array.from({ length }, () => line) }));
}

const drawn = (groups: SocketGroup[], top: number) =>
  windowOf(groups, { top, height: 400 }).groups.map(({ from, to }) => [from, to]);

describe('the lines that are drawn', () => {
  test('are all of a list that is not long', () => {
    const groups = groupsOf(150, 50);
    expect(drawn(groups, 5000)).toEqual([
      [0, 150],
      [0, 50],
    ]);
    expect(windowOf(groups, { top: 0, height: 400 }).isPart).toBe(false);
  });

  test('are those in sight and some at either end, in whatever groups they stand', () => {
    const groups = groupsOf(300, 300);
    expect(drawn(groups, 0)).toEqual([
      [0, 40],
      [0, 0],
    ]);
    const border = topOfLine(groups, 300) - HEADING_HEIGHT - 200;
    const [[from = 0, to = 0] = [], [next = 0, end = 0] = []] = drawn(groups, border);
    expect([to, next]).toEqual([300, 0]);
    expect(from).toBe(300 - 30 - Math.ceil(200 / LINE_HEIGHT));
    expect(end).toBeGreaterThan(30);
    expect(drawn(groups, 1e6)).toEqual([
      [300, 300],
      [300, 300],
    ]);
  });

  test('leave room for the others: each is at its place', () => {
    const groups = groupsOf(300, 300);
    for (const top of [0, 3000, 11_000, 20_000]) {
      for (const { group, from, to, before, top: start } of windowOf(groups, { top, height: 400 }).groups) {
        if (to > from) expect(start + from * LINE_HEIGHT).toBe(topOfLine(groups, before + from));
        expect(to).toBeLessThanOrEqual(group.lines.length);
      }
    }
  });
});

describe('a line that is to be in sight', () => {
  const groups = groupsOf(300, 300);
  const sight = { top: 1000, height: 400 };

  test('moves the list as little as it takes', () => {
    expect(scrolledTo(groups, 30, sight)).toBe(1000);
    expect(scrolledTo(groups, 10, sight)).toBe(topOfLine(groups, 10));
    expect(scrolledTo(groups, 599, sight)).toBe(topOfLine(groups, 599) + LINE_HEIGHT - 400);
  });

  test('is shown with the heading if it is the first of all', () => {
    expect(scrolledTo(groups, 0, sight)).toBe(0);
  });
});
