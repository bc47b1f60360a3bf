import { expect, test } from 'vitest';
import { CommandsUnderWay } from '../../../../../src/panel/session/documents/commands-under-way.ts';

test('each command gets its own answer', async () => {
  const commands = new CommandsUnderWay();
  const ids: number[] = [];
  const post = (id: number) => void ids.push(id);
  const [first, second] = [commands.run(post), commands.run(post)];
  expect(new Set(ids).size).toBe(2);
  commands.answer(ids[1] ?? 0, { reason: 'no-such-socket' });
  commands.answer(ids[0] ?? 0, undefined);
  expect(await Promise.all([first, second])).toEqual([undefined, { reason: 'no-such-socket' }]);
});

test('one that could not be sent says why', async () => {
  expect(await new CommandsUnderWay().run(() => 'too large')).toEqual({
    reason: 'browser',
    message: 'too large',
  });
});

test('with the connection all of them end, and there is room again', async () => {
  const commands = new CommandsUnderWay();
  const all = Array.from({ length: 1000 }, () => commands.run(() => undefined));
  expect(commands.isFull).toBe(true);
  commands.giveUp();
  expect(new Set((await Promise.all(all)).map((refusal) => refusal?.reason))).toEqual(
    new Set(['unanswered']),
  );
  expect(commands.isFull).toBe(false);
});
