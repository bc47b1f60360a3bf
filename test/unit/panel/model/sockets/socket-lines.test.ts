import { describe, expect, test } from 'vitest';
import {
  groupSockets,
  type LineChoices,
  lineNumber,
} from '../../../../../src/panel/model/sockets/socket-lines.ts';
import {
  type PanelDocument,
  type PanelSocket,
  SocketTable,
} from '../../../../../src/panel/session/recording/sockets.ts';
import { ReadyState } from '../../../../../src/protocol/sockets.ts';
import { socketRecord } from '../../../helpers/frames.ts';

const PAGE: PanelDocument = documentOf('page', 0);
const FRAME: PanelDocument = documentOf('frame', 3);

const CHOICES: LineChoices = {
  order: 'opened',
  open: new Set(),
  isPinned: () => false,
  rate: () => 0,
  bytes: () => 0,
  state: (socket) => socket.readyState,
};

function documentOf(name: string, frameId: number): PanelDocument {
  return { identity: { document: name, frameId, url: `https://${name}.test/` }, isGone: false };
}

/** A table into which sockets come as `wss://host/path`, closed ones with the time of their end. */
class World {
  readonly table = new SocketTable();
  private id = 0;

  add(path: string, closedAt?: number, document = PAGE): PanelSocket {
    const id = ++this.id;
    const end = closedAt === undefined ? {} : { readyState: ReadyState.closed, closedAt };
    return this.table.update(
      document,
      socketRecord({ id, url: `wss://host.test/${path}`, createdAt: id * 10, ...end }),
    );
  }

  /** Each line as its path, with how many attempts it stands for, `-` before those below an open line. */
  lines(choices: Partial<LineChoices> = {}): string[][] {
    return groupSockets(this.table.all(), { ...CHOICES, ...choices }).map(({ document, lines }) => [
      document?.identity.document ?? 'pinned',
      ...lines.map(({ socket, earlier, isEarlier }) => {
        const path = socket.record.url.slice('wss://host.test/'.length);
        return `${isEarlier ? '-' : ''}${path}${earlier.length > 0 ? ` ×${earlier.length + 1}` : ''}`;
      }),
    ]);
  }
}

describe('the lines of sockets', () => {
  test('stand below their documents, those of the page first', () => {
    const world = new World();
    world.add('in-frame', undefined, FRAME);
    world.add('a');
    world.add('b');
    expect(world.lines()).toEqual([
      ['page', 'a', 'b'],
      ['frame', 'in-frame'],
    ]);
  });

  test('fold three attempts and more into one, where the first one stands; two are told apart', () => {
    const world = new World();
    world.add('feed?token=1', 11);
    world.add('other');
    world.add('feed?token=2', 31);
    expect(world.lines()).toEqual([['page', 'feed?token=1', 'other', 'feed?token=2']]);
    const newest = world.add('feed?token=3');
    expect(world.lines()).toEqual([['page', 'feed?token=3 ×3', 'other']]);
    const [line] = groupSockets(world.table.all(), CHOICES)[0]?.lines ?? [];
    expect(line && lineNumber(line)).toBe(1);
    expect(line?.socket).toBe(newest);
  });

  test('show all attempts below an open line, the newest first', () => {
    const world = new World();
    for (const end of [11, 21, 31, undefined]) world.add(`feed?${end}`, end);
    expect(world.lines({ open: new Set([1]) })).toEqual([
      ['page', 'feed?undefined ×4', '-feed?31', '-feed?21', '-feed?11'],
    ]);
  });

  test('do not fold sockets that are open side by side', () => {
    const world = new World();
    for (let count = 0; count < 4; count++) world.add('feed');
    expect(world.lines()).toEqual([['page', 'feed', 'feed', 'feed', 'feed']]);
  });

  test('have those that are pinned in a group of their own at the top, wherever they live', () => {
    const world = new World();
    world.add('a');
    const pinned = [world.add('b'), world.add('c', undefined, FRAME)];
    expect(world.lines({ isPinned: (socket) => pinned.includes(socket) })).toEqual([
      ['pinned', 'b', 'c'],
      ['page', 'a'],
    ]);
  });

  test('are ordered by name, rate, bytes and state, and otherwise as they were opened', () => {
    const world = new World();
    const slow = world.add('slow');
    const fast = world.add('fast', 21);
    const large = world.add('large');
    const amount = (most: PanelSocket) => (socket: PanelSocket) => (socket === most ? 9 : 1);
    expect(world.lines({ order: 'name' })[0]).toEqual(['page', 'fast', 'large', 'slow']);
    expect(world.lines({ order: 'rate', rate: amount(fast) })[0]).toEqual(['page', 'fast', 'slow', 'large']);
    expect(world.lines({ order: 'bytes', bytes: amount(large) })[0]).toEqual([
      'page',
      'large',
      'slow',
      'fast',
    ]);
    expect(world.lines({ order: 'state' })[0]?.at(-1)).toBe('fast');
    expect(world.lines()[0]?.[1]).toBe(slow.record.url.slice(-4));
  });
});
