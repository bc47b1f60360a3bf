// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { copyFrames, copySelected } from '../../../../src/panel/commands/frame-actions.ts';
import { FrameKind } from '../../../../src/protocol/frames.ts';
import { speakEnglish } from '../../helpers/language.ts';
import { PanelWorld } from '../../helpers/panel-world.ts';

let world: PanelWorld;

beforeEach(() => {
  speakEnglish();
  world = new PanelWorld();
  world.addSocket();
  document.execCommand = () => true;
});

afterEach(() => {
  vi.restoreAllMocks();
});

function selectAll(): void {
  world.model.selection.selectAll(world.model.filter.view);
}

test('more frames than are for a clipboard are not copied, by key as little as by menu', async () => {
  world.addTexts(...Array.from({ length: 10_001 }, String));
  selectAll();
  for (const copy of [() => copySelected(world.model), () => copyFrames(world.model, 'text', 0)]) {
    await copy();
    expect(world.model.notice.value).toMatchObject({ tone: 'bad', text: expect.stringMatching(/10,000/) });
  }
});

test('a selection without text leaves the clipboard as it is', async () => {
  world.addFrames({ kind: FrameKind.sentBinary, payload: new Uint8Array(3) });
  selectAll();
  const copy = vi.fn(() => true);
  document.execCommand = copy;
  await copySelected(world.model);
  expect(copy).not.toHaveBeenCalled();
  expect(world.model.notice.value).toMatchObject({ tone: 'bad', text: expect.stringMatching(/^No text/) });
});

test('a copy that the browser refuses is reported', async () => {
  world.addTexts('one', 'two');
  selectAll();
  document.execCommand = () => false;
  await copySelected(world.model);
  expect(world.model.notice.value).toMatchObject({ tone: 'bad' });
});

test('a text longer than a string can be is reported', async () => {
  world.addTexts('one', 'two');
  selectAll();
  vi.spyOn(Array.prototype, 'join').mockImplementation(() => {
    throw new RangeError('Invalid string length');
  });
  await copySelected(world.model);
  const bySelection = world.model.notice.value;
  await copyFrames(world.model, 'text', 0);
  const byMenu = world.model.notice.value;
  vi.restoreAllMocks();
  for (const notice of [bySelection, byMenu]) {
    expect(notice).toMatchObject({ tone: 'bad', text: expect.stringMatching(/^Too long/) });
  }
});
