import { beforeEach, describe, expect, test } from 'vitest';
import { replaySteps, startReplay } from '../../../../../src/panel/model/acting/replaying.ts';
import { clearList } from '../../../../../src/panel/model/undo/clearing.ts';
import { FrameFlag, FrameKind } from '../../../../../src/protocol/frames.ts';
import { speakEnglish } from '../../../helpers/language.ts';
import { PanelWorld } from '../../../helpers/panel-world.ts';

let world: PanelWorld;

beforeEach(() => {
  speakEnglish();
  world = new PanelWorld();
});

describe('replaying', () => {
  beforeEach(() => {
    world.addSocket();
    world.addFrames(
      { payload: 'sent', kind: FrameKind.sentText, time: 1 },
      { payload: 'received', time: 2 },
      { kind: FrameKind.error, time: 3 },
      { kind: FrameKind.sentBinary, flags: FrameFlag.payloadGone, size: 5, time: 4 },
    );
    world.model.selection.selectAll(world.model.filter.view);
  });

  test.each([
    { treatment: 'inject', actions: ['send 0', 'inject 1', 'send 3'] },
    { treatment: 'send', actions: ['send 0', 'send 1', 'send 3'] },
    { treatment: 'skip', actions: ['send 0', 'send 3'] },
  ] as const)('takes the messages; received ones: $treatment', ({ treatment, actions }) => {
    world.model.replayer.received.value = treatment;
    const steps = replaySteps(world.model);
    expect(steps.map(({ action, row }) => `${action} ${row}`)).toEqual(actions);
  });

  test('sends them to the target and reports how many were sent and how many payloads were missing', async () => {
    await startReplay(world.model);
    expect(world.run.mock.calls.map(([, action]) => action)).toMatchObject([
      { type: 'send', marks: FrameFlag.replayed },
      { type: 'inject', marks: FrameFlag.replayed },
    ]);
    expect(world.model.notice.value).toEqual({
      tone: 'bad',
      text: 'Replayed 2 frames. 1 was left out: its payload is no longer available',
    });
    expect(world.model.replayer.state.value).toMatchObject({ type: 'ended', done: 2, missing: 1, total: 3 });
  });

  test('sends what was selected, even if the list is cleared meanwhile and its rows are others', async () => {
    world.run.mockImplementationOnce(async () => {
      clearList(world.model);
      world.addTexts('another', 'and another');
      return undefined;
    });
    world.model.replayer.pace.value = { type: 'gaps', factor: 1 };
    await startReplay(world.model);
    expect(world.run.mock.calls.map(([, action]) => action)).toMatchObject([
      { payload: { text: 'sent' } },
      { payload: { text: 'received' } },
    ]);
  });

  test('reports after how many it was refused, and why', async () => {
    world.run.mockResolvedValueOnce(undefined).mockResolvedValueOnce({ reason: 'no-such-socket' });
    await startReplay(world.model);
    expect(world.model.notice.value?.text).toMatch(
      /^Replay ended after 1 of 3: The page has discarded this socket/,
    );
  });

  test('says that the socket has closed', async () => {
    world.run.mockResolvedValueOnce(undefined).mockResolvedValue({ reason: 'not-open', readyState: 3 });
    await startReplay(world.model);
    expect(world.model.notice.value?.text).toBe('Replay ended after 1 of 3: the socket is CLOSED');
  });

  test('does not start with nothing to replay', async () => {
    world.model.selection.select(2);
    await startReplay(world.model);
    expect(world.run).not.toHaveBeenCalled();
    expect(world.model.notice.value?.tone).toBe('bad');
  });

  test('does not start on a closed socket if there is something to send', async () => {
    const closed = world.addSocket({ readyState: 3 });
    world.model.chosenTarget.value = closed.number;
    await startReplay(world.model);
    expect(world.run).not.toHaveBeenCalled();
    world.model.selection.select(1);
    await startReplay(world.model);
    expect(world.run).toHaveBeenCalledOnce();
  });

  test('runs only once at a time', async () => {
    const first = startReplay(world.model);
    await startReplay(world.model);
    await first;
    expect(world.run).toHaveBeenCalledTimes(2);
  });
});
