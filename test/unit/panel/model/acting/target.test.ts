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

  test('is that of the message being written, even closed, until there is one to the same endpoint', () => {
    const url = 'wss://a.test/feed?token=1';
    const feed = world.addSocket({ url });
    const other = world.addSocket({ url: 'wss://a.test/other' });
    expect(targetOf(world.model)).toBe(feed);
    world.model.composer.write('delete everything');
    world.addSocket({ ...feed.record, readyState: 3 });
    expect(targetOf(world.model)).toBe(feed);
    const again = world.addSocket({ url: 'wss://a.test/feed?token=2' });
    expect(targetOf(world.model)).toBe(again);
    world.addSocket({ ...again.record, readyState: 3 });
    world.model.composer.write('');
    expect(targetOf(world.model)).toBe(other);
  });

  test('is another one if that of the message is not listed any more', () => {
    const feed = world.addSocket({ url: 'wss://a.test/feed' });
    const other = world.addSocket({ url: 'wss://a.test/other' });
    expect(targetOf(world.model)).toBe(feed);
    world.model.composer.write('hello');
    world.addSocket({ ...feed.record, readyState: 3 });
    feed.isHidden = true;
    expect(targetOf(world.model)).toBe(other);
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
