import { beforeEach, describe, expect, test } from 'vitest';
import { targetOf } from '../../../../../src/panel/model/acting/target.ts';
import { speakEnglish } from '../../../helpers/language.ts';
import { PanelWorld } from '../../../helpers/panel-world.ts';

let world: PanelWorld;

beforeEach(() => {
  speakEnglish();
  world = new PanelWorld();
});

describe('the socket that messages go to', () => {
  test('is none while no socket exists', () => {
    expect(targetOf(world.model)).toBeUndefined();
  });

  test('is the first open one', () => {
    world.addSocket({ readyState: 3 });
    const open = world.addSocket();
    expect(targetOf(world.model)).toBe(open);
  });

  test('is the chosen one, else the listed one, else that of the focused frame', () => {
    const [, second, third, fourth] = [1, 2, 3, 4].map(() => world.addSocket());
    world.addFrames({ payload: 'x', socket: 2 });
    world.model.selection.select(0);
    expect(targetOf(world.model)).toBe(second);
    world.model.filter.showSocket(3);
    expect(targetOf(world.model)).toBe(third);
    world.model.chosenTarget.value = 4;
    expect(targetOf(world.model)).toBe(fourth);
  });

  test('is no longer the chosen one when another socket is listed', () => {
    const [first] = [world.addSocket(), world.addSocket()];
    world.model.chosenTarget.value = 2;
    world.model.shownLine.showSocket(1);
    expect(targetOf(world.model)).toBe(first);
  });
});
