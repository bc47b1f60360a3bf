import { beforeEach, expect, test, vi } from 'vitest';
import { editAndResend, injectAgain, resend } from '../../../../../src/panel/model/acting/actions.ts';
import { clearList } from '../../../../../src/panel/model/undo/clearing.ts';
import { speakEnglish } from '../../../helpers/language.ts';
import { PanelWorld } from '../../../helpers/panel-world.ts';

let world: PanelWorld;

beforeEach(() => {
  speakEnglish();
  world = new PanelWorld();
  world.addSocket();
  world.addSocket();
  world.addFrames({ payload: 'of the first', socket: 1 });
  const { store } = world.model;
  vi.spyOn(store, 'payload').mockReturnValue(undefined);
  // Meanwhile the list is cleared, and has a frame of another socket in that row.
  vi.spyOn(store, 'load').mockImplementation(async () => {
    clearList(world.model);
    world.addFrames({ payload: 'of the second', socket: 2 });
    return 'of the first';
  });
});

test.each([
  ['sent again', resend],
  ['injected again', injectAgain],
])('a frame that is read from the disk is %s on its own socket', async (_, act) => {
  await act(world.model, 0);
  expect(world.run.mock.calls).toMatchObject([
    [{ number: 1 }, { payload: { type: 'text', text: 'of the first' } }],
  ]);
});

test('a frame that is read from the disk is edited for its own socket', async () => {
  await editAndResend(world.model, 0);
  expect(world.model.chosenTarget.value).toBe(1);
});
