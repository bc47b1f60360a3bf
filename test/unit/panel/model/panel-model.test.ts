import { beforeEach, describe, expect, test, vi } from 'vitest';
import { editAndResend, injectAgain, resend } from '../../../../src/panel/model/acting/actions.ts';
import { targetOf } from '../../../../src/panel/model/acting/target.ts';
import { closeProblem, closeSocket } from '../../../../src/panel/model/composer/closing.ts';
import { sendDraft } from '../../../../src/panel/model/composer/sending.ts';
import { clearList } from '../../../../src/panel/model/undo/clearing.ts';
import { FrameFlag, FrameKind } from '../../../../src/protocol/frames.ts';
import { speakEnglish } from '../../helpers/language.ts';
import { PanelWorld } from '../../helpers/panel-world.ts';

let world: PanelWorld;

beforeEach(() => {
  speakEnglish();
  world = new PanelWorld();
});

test('a pause shows at once what came before it, also of a flood whose pictures are put off', () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(1000);
  const flood = () => world.addTexts(...Array.from({ length: 3000 }, (_, index) => `${index}`));
  world.addSocket();
  flood();
  const pictures = world.model.revision.value;
  flood();
  expect(world.model.revision.value).toBe(pictures);
  world.model.setPaused(true);
  world.paint();
  expect(world.model.revision.value).toBe(pictures + 1);
  now.mockRestore();
});

test('what a search has found is shown without the views that show nothing of it', () => {
  const { model } = world;
  world.addSocket();
  world.addTexts('apple', 'banana');
  const before = { pictures: model.revision.value, recorded: model.recorded.value };
  model.filter.setText('apple');
  world.paint();
  expect(model.revision.value).toBeGreaterThan(before.pictures);
  expect(model.recorded.value).toBe(before.recorded);
  world.addTexts('cherry');
  expect(model.recorded.value).toBe(before.recorded + 1);
  model.setPaused(true);
  world.paint();
  expect(model.recorded.value).toBe(before.recorded + 2);
});

describe('the filter', () => {
  beforeEach(() => {
    world.addSocket();
    world.addSocket({ url: 'wss://example.test/other' });
    world.addFrames(
      { payload: 'apple', kind: FrameKind.sentText },
      { payload: 'banana' },
      { payload: 'apple pie', socket: 2 },
      {
        kind: FrameKind.close,
        socket: 2,
        detail: { close: { code: 1001, reason: 'apple', wasClean: true } },
      },
    );
  });

  test('shows everything at first', () => {
    expect(world.shown()).toEqual(['apple', 'banana', 'apple pie', undefined]);
    expect(world.model.filter.isActive).toBe(false);
  });

  test('shows what an expression asks for, in what is there and in what comes', () => {
    world.model.filter.setText('apple');
    expect(world.shown()).toEqual(['apple', 'apple pie', undefined]);
    world.addTexts('crab apple', 'cherry');
    expect(world.shown()).toEqual(['apple', 'apple pie', undefined, 'crab apple']);
  });

  test('keeps the last result when an expression is wrong, and says why', () => {
    const { filter } = world.model;
    filter.setText('banana');
    filter.setText('len:>many');
    expect(filter.problem.value).toMatchObject({ code: 'badLength' });
    expect(filter.text.value).toBe('len:>many');
    expect(world.shown()).toEqual(['banana']);
    world.addTexts('banana split', 'cherry');
    expect(world.shown()).toEqual(['banana', 'banana split']);
    filter.setText('cherry');
    expect(filter.problem.value).toBeUndefined();
    expect(world.shown()).toEqual(['cherry']);
  });

  test.each([
    { direction: 'sent', rows: ['apple'] },
    { direction: 'received', rows: ['banana', 'apple pie'] },
    { direction: 'events', rows: [undefined] },
    { direction: 'all', rows: ['apple', 'banana', 'apple pie', undefined] },
  ] as const)('shows the direction $direction', ({ direction, rows }) => {
    world.model.filter.showDirection(direction);
    expect(world.shown()).toEqual(rows);
  });

  test('asks socket, direction and expression together', () => {
    world.model.filter.setText('apple');
    world.model.filter.showDirection('received');
    world.model.shownLine.showSocket(2);
    expect(world.shown()).toEqual(['apple pie']);
    expect(world.model.filter.isActive).toBe(true);
  });

  test('goes on with the new list after clearing', () => {
    world.model.filter.setText('apple');
    clearList(world.model);
    world.paint();
    expect(world.shown()).toEqual([]);
    world.addTexts('apple', 'banana');
    expect(world.shown()).toEqual(['apple']);
  });
});

test('the selection ends with its frames', () => {
  world.addSocket();
  world.addTexts('x');
  world.model.selection.select(0);
  world.model.session.clear();
  world.model.touch();
  world.paint();
  expect(world.model.selection.focus.value).toBeUndefined();
});

test('the selection ends with its list, even if the next one has as many frames when it is first shown', () => {
  world.addSocket();
  world.addTexts('x');
  world.model.selection.select(0);
  world.model.notedRow.value = 0;
  world.model.session.clear();
  world.addTexts('y');
  expect(world.model.selection.focus.value).toBeUndefined();
  expect(world.model.notedRow.value).toBeUndefined();
});

test('it is said where it is too late to bring back what was cleared', () => {
  world.addSocket();
  world.addTexts('x');
  clearList(world.model);
  world.model.session.recorder.list.limits = { bytes: Number.POSITIVE_INFINITY, rows: 1 };
  world.addTexts(...Array.from({ length: 20_000 }, () => 'y'));
  world.model.undo.run();
  expect(world.model.notice.value).toMatchObject({
    tone: 'bad',
    text: 'The cleared frames cannot be restored any more: too much has followed.',
  });
});

test('however much arrives, one picture is asked for at a time', () => {
  const before = world.model.revision.value;
  for (let index = 0; index < 10; index++) world.model.touch();
  world.paint();
  expect(world.model.revision.value).toBe(before + 1);
});

describe('sending', () => {
  test('hands the draft to the target and says what was done', async () => {
    const socket = world.addSocket();
    world.model.composer.text.value = 'hi';
    await sendDraft(world.model, 'send');
    expect(world.run).toHaveBeenCalledWith(socket, {
      type: 'send',
      payload: { type: 'text', text: 'hi' },
      marks: 0,
    });
    expect(world.model.notice.value).toEqual({ tone: 'good', text: 'Sent 2 B on /feed' });
  });

  test('is not tried with a draft that is not what its format asks for', async () => {
    world.addSocket();
    world.model.composer.format.value = 'hex';
    world.model.composer.text.value = 'zz';
    await sendDraft(world.model, 'send');
    expect(world.run).not.toHaveBeenCalled();
    expect(world.model.notice.value?.tone).toBe('bad');
  });

  test('is not tried on a socket that is not open; injecting is', async () => {
    const socket = world.addSocket({ readyState: 3 });
    world.model.shownLine.showSocket(socket.number);
    world.model.composer.text.value = 'hi';
    await sendDraft(world.model, 'send');
    expect(world.run).not.toHaveBeenCalled();
    expect(world.model.notice.value?.text).toContain('CLOSED');
    await sendDraft(world.model, 'inject');
    expect(world.run).toHaveBeenCalledOnce();
  });

  test('says why the page refused', async () => {
    world.addSocket();
    world.run.mockResolvedValue({ reason: 'browser', message: 'out of memory' });
    await sendDraft(world.model, 'send');
    expect(world.model.notice.value).toEqual({ tone: 'bad', text: 'The browser refused: out of memory' });
  });

  test('without a socket says that there is none', async () => {
    await sendDraft(world.model, 'send');
    expect(world.model.notice.value).toEqual({ tone: 'bad', text: 'There is no socket to act on' });
  });
});

describe('sending a frame again', () => {
  const bytes = Uint8Array.of(1, 2);

  beforeEach(() => {
    world.addSocket();
    world.addSocket();
    world.addFrames(
      { payload: 'again', socket: 2 },
      { payload: bytes, socket: 2 },
      { kind: FrameKind.receivedBinary, flags: FrameFlag.payloadGone, size: 9, socket: 2 },
    );
  });

  test.each([
    { row: 0, payload: { type: 'text', text: 'again' } },
    { row: 1, payload: { type: 'binary', bytes } },
  ])('sends row $row as it was, on its own socket', async ({ row, payload }) => {
    await resend(world.model, row);
    const [socket, action] = world.run.mock.lastCall ?? [];
    expect(socket?.number).toBe(2);
    expect(action).toEqual({ type: 'send', payload, marks: 0 });
  });

  test('hands it to the page again instead, also where the socket is closed', async () => {
    world.addSocket({ id: 2, readyState: 3 });
    await injectAgain(world.model, 0);
    const [socket, action] = world.run.mock.lastCall ?? [];
    expect(socket?.number).toBe(2);
    expect(action).toEqual({ type: 'inject', payload: { type: 'text', text: 'again' }, marks: 0 });
  });

  test('is not possible where the payload is gone', async () => {
    await resend(world.model, 2);
    await injectAgain(world.model, 2);
    await editAndResend(world.model, 2);
    expect(world.run).not.toHaveBeenCalled();
    expect(world.model.notice.value?.tone).toBe('bad');
    expect(world.model.composer.text.value).toBe('');
  });

  test('is marked as edited if it was, until another message takes its place', async () => {
    const marks = async (action: 'send' | 'inject' = 'send') => {
      await sendDraft(world.model, action);
      const [, sent] = world.run.mock.lastCall ?? [];
      return sent && 'marks' in sent ? sent.marks : undefined;
    };
    const { composer } = world.model;
    await editAndResend(world.model, 0);
    expect(await marks()).toBe(0);
    composer.write('again!');
    expect(await marks()).toBe(FrameFlag.edited);
    expect(await marks('inject')).toBe(FrameFlag.edited);
    composer.changeFormat({ text: 'YWdhaW4h', format: 'base64' }, undefined);
    expect(await marks()).toBe(FrameFlag.edited); // bytes in place of text
    composer.take({ text: 'from the history', format: 'text' });
    expect(await marks()).toBe(0);
    await editAndResend(world.model, 1);
    expect(await marks()).toBe(0);
    composer.write('');
    composer.write('AQ==');
    expect(await marks()).toBe(0);
    await editAndResend(world.model, 0);
    composer.write('something else');
    expect(await marks()).toBe(0);
  });

  test('after editing goes to its socket too', async () => {
    await editAndResend(world.model, 0);
    expect(world.model.composer.text.value).toBe('again');
    expect(targetOf(world.model)?.number).toBe(2);
  });
});

describe('closing', () => {
  test.each([
    { code: undefined, reason: '', problem: undefined },
    { code: 1000, reason: 'done', problem: undefined },
    { code: 1001, reason: '', problem: 'Scripts may use only 1000, 3000–4999 or no code' },
    { code: Number.NaN, reason: '', problem: 'Scripts may use only 1000, 3000–4999 or no code' },
    { code: 4000, reason: 'é'.repeat(62), problem: 'The reason takes 124 bytes; at most 123 fit' },
    { code: undefined, reason: 'why', problem: 'A reason needs a code; without one it would not be sent' },
  ])('with $code and “$reason”', async ({ code, reason, problem }) => {
    expect(closeProblem(code, reason)).toBe(problem);
    const done = await closeSocket(world.model, world.addSocket(), code, reason);
    expect(done).toBe(problem === undefined);
    expect(world.run).toHaveBeenCalledTimes(problem === undefined ? 1 : 0);
    expect(world.model.notice.value?.text).toBe(problem ?? 'Closing /feed');
  });

  test('reports that the page refused', async () => {
    world.run.mockResolvedValue({ reason: 'no-connection' });
    expect(await closeSocket(world.model, world.addSocket(), 1000, '')).toBe(false);
    expect(world.model.notice.value?.tone).toBe('bad');
  });
});
