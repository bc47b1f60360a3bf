import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Find } from '../../../../../src/panel/model/find/find.ts';
import { clearList } from '../../../../../src/panel/model/undo/clearing.ts';
import { batchOf } from '../../../helpers/frames.ts';
import { speakEnglish } from '../../../helpers/language.ts';
import { PanelWorld } from '../../../helpers/panel-world.ts';

let world: PanelWorld;
let find: Find;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  speakEnglish();
  world = new PanelWorld();
  world.addSocket();
  world.addTexts('Apple', 'banana', 'apple pie', 'cherry', 'pineapple');
  find = new Find(world.model);
});

afterEach(() => vi.useRealTimers());

function look(text: string, { isRegex = false, matchesCase = false } = {}): void {
  find.look({ text, isRegex, matchesCase });
  world.paint();
}

async function pass(): Promise<void> {
  await vi.dynamicImportSettled();
  for (let round = 0; round < 4; round++) {
    await vi.advanceTimersByTimeAsync(50);
    world.paint();
  }
}

const focus = () => world.model.selection.focus.value;
function go(way: 'next' | 'previous'): number | undefined {
  find.go(way);
  world.paint();
  return focus();
}

test('the list stays unchanged', () => {
  look('apple');
  expect([find.found, find.isCurrent]).toEqual([3, true]);
  expect(world.shown()).toHaveLength(5);
});

test('case matters if that is chosen', () => {
  look('Apple', { matchesCase: true });
  expect(find.found).toBe(1);
  look('apple', { matchesCase: true });
  expect(find.found).toBe(2);
});

describe('from match to match', () => {
  test('it starts at the newest and wraps around', () => {
    look('apple');
    expect([go('next'), find.place]).toEqual([4, 3]);
    expect([go('next'), find.place]).toEqual([0, 1]);
    expect(go('next')).toBe(2);
    expect(go('previous')).toBe(0);
    expect(go('previous')).toBe(4);
    expect(world.model.sought.value?.row).toBe(4);
  });

  test('it continues from the focused row', () => {
    look('apple');
    world.model.selection.select(1);
    expect(find.place).toBe(0);
    expect(go('next')).toBe(2);
    world.model.selection.select(1);
    expect(go('previous')).toBe(0);
  });

  test('it waits until the next match is known', async () => {
    const many = Array.from({ length: 60_000 }, (_, index) => ({ payload: index === 5 ? 'needle' : 'hay' }));
    world.session.recorder.takeFrames(world.document, world.progress, batchOf(many, world.progress.nextSeq));
    world.paint();
    world.model.selection.select(40_000);
    const now = vi.spyOn(performance, 'now');
    let time = 0;
    now.mockImplementation(() => (time += 2)); // each look at the clock
    find.look({ text: 'needle', isRegex: false, matchesCase: false });
    find.go('previous');
    expect([focus(), find.isCurrent]).toEqual([40_000, false]);
    world.takeTurns();
    expect([focus(), find.isCurrent]).toEqual([10, true]);
    now.mockRestore();
  });

  test('nothing happens without a match', () => {
    look('nothing');
    expect(go('next')).toBeUndefined();
    expect([find.found, find.isCurrent]).toEqual([0, true]);
  });
});

describe('what is shown', () => {
  test('is all that is searched', () => {
    world.model.filter.setText('-pie');
    look('apple');
    expect(find.found).toBe(2);
    world.model.filter.setText('');
    world.paint();
    expect(find.found).toBe(3);
  });

  test('may grow, and be cleared', () => {
    look('apple');
    world.addTexts('apples', 'x');
    expect(find.found).toBe(4);
    clearList(world.model);
    world.paint();
    expect(find.found).toBe(0);
  });

  test('is not searched once the bar is closed', () => {
    look('apple');
    find.close();
    world.addTexts('apples');
    expect(find.found).toBe(0);
  });
});

describe('a regular expression', () => {
  test('is found by the worker', async () => {
    look('^[ab]', { isRegex: true });
    const { value } = find.revision;
    await pass();
    expect(find.revision.value).toBeGreaterThan(value);
    expect([find.found, find.isCurrent]).toEqual([3, true]);
    look('^[ab]', { isRegex: true, matchesCase: true });
    await pass();
    expect(find.found).toBe(2);
  });

  test('that is invalid says why and finds nothing', () => {
    look('(', { isRegex: true });
    expect(find.fault.value).toMatch(/group/i);
    expect(find.found).toBe(0);
    look('(');
    expect(find.fault.value).toBeUndefined();
  });
});
