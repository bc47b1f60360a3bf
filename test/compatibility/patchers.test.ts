import { beforeAll, describe, expect, it } from 'vitest';
import { BROWSERS, type Run, useStage } from './helpers/stage.ts';
import { type PatcherName, patchers } from './page/patchers.ts';

const NAMES = Object.keys(patchers) as PatcherName[];

const PATHS = [
  ...NAMES.map((name) => `inline/${name}`),
  ...NAMES.map((name) => `later/${name}`),
  'later/subclass+functionWrapper',
  'later/functionWrapper+subclass',
  'later/proxyWrapper+nativeOnly+filledSend',
  'later/frozenPrototype+subclass',
  'later/subclass+frozenAll',
  'mocked',
  'zoned',
  ...NAMES.map((name) => `early/${name}`),
];

/** Where another extension has frozen everything first, Framescope can do nothing and does nothing. */
const UNTOUCHABLE = ['early/frozenPrototype', 'early/frozenAll'];

describe.each(BROWSERS)('a page with another patcher in %s', (name) => {
  const stage = useStage(name);
  let plain: Awaited<ReturnType<typeof stage.runFrames>>;
  let hooked: typeof plain;

  beforeAll(async () => {
    plain = await stage.runFrames('plain', PATHS);
    hooked = await stage.runFrames('hooked', PATHS);
  });

  it.each(PATHS)('sees the same: %s', (path) => {
    expectSame(hooked.get(path), plain.get(path), !UNTOUCHABLE.includes(path));
  });
});

function expectSame(
  hooked: Run | Error | undefined,
  plain: Run | Error | undefined,
  isHooked: boolean,
): void {
  if (plain instanceof Error || !plain) throw plain;
  if (hooked instanceof Error || !hooked) throw hooked;
  expect(hooked.transcript).toEqual(plain.transcript);
  expect([plain.hooked, hooked.hooked]).toEqual([false, isHooked]);
  expect(plain.transcript.at(-1)).toBe('done');
  expect(plain.transcript.filter((line) => line.includes('answered')).length).toBeGreaterThan(4);
}
