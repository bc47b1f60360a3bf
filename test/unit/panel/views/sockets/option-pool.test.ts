import { type ComponentChildren, isValidElement, type VNode } from 'preact';
import { describe, expect, test } from 'vitest';
import { OptionPool } from '../../../../../src/panel/views/sockets/option-pool.ts';
import { speakEnglish } from '../../../helpers/language.ts';
import { PanelWorld } from '../../../helpers/panel-world.ts';

const SOCKETS = 100;
const IN_SIGHT = 15;

/** What a description of elements says. */
function textOf(node: ComponentChildren): string {
  if (Array.isArray(node)) return node.map(textOf).join('');
  if (isValidElement(node)) return textOf((node as VNode<{ children?: ComponentChildren }>).props.children);
  return typeof node === 'string' || typeof node === 'number' ? String(node) : '';
}

/** A list of many sockets, the first one in sight, of which each has just got one frame. */
function manySockets() {
  speakEnglish();
  const world = new PanelWorld();
  const sockets = Array.from({ length: SOCKETS }, () => world.addSocket());
  const pool = new OptionPool(world.model);
  const draw = (selected?: number) => {
    const lines = sockets.map((socket, index) => ({
      line: { socket, earlier: [], isOpen: false, isEarlier: false, isOneOfSeveral: false },
      place: undefined,
      isInSight: index < IN_SIGHT,
    }));
    return pool.draw(lines, selected);
  };
  const before = draw();
  world.addFrames(...sockets.map((_, index) => ({ payload: 'x', socket: index + 1 })));
  return { world, sockets, pool, draw, before };
}

describe('the options of many sockets', () => {
  test('a picture draws those in sight and some of the others anew', () => {
    const { before, draw, pool } = manySockets();
    const after = draw();
    const changed = after.filter((node, index) => node !== before[index]).length;
    expect(changed).toBeLessThanOrEqual(IN_SIGHT + 20);
    expect(after.slice(0, IN_SIGHT).filter((node, index) => node === before[index])).toEqual([]);
    expect(after[0]).not.toBe(before[0]);
    expect(pool.isBehind).toBe(true);
  });

  test('a few pictures later all of them say how many frames there are', () => {
    const { draw, pool } = manySockets();
    let pictures = 1;
    for (draw(); pool.isBehind; pictures++) draw();
    expect(draw().filter((node) => textOf(node).includes('OPEN · 1 · 1 B'))).toHaveLength(SOCKETS);
    expect(pictures).toBeLessThan(10);
  });

  test('the state and the selection of one that is out of sight show at once', () => {
    const { sockets, draw } = manySockets();
    const last = sockets.at(-1);
    if (!last) throw new Error('no socket');
    last.record = { ...last.record, readyState: 3 };
    expect(textOf(draw().at(-1))).toContain('CLOSED');
    expect(draw(last.number).at(-1)?.props).toMatchObject({ 'aria-selected': true });
  });

  test('unchanged lines keep their description', () => {
    const { draw, pool } = manySockets();
    while (draw() && pool.isBehind);
    expect(draw()).toEqual(draw());
    const [one, other] = [draw(), draw()];
    expect(one.every((node, index) => node === other[index])).toBe(true);
  });
});
