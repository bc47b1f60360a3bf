import { beforeAll, describe, expect, it } from 'vitest';
import type { BrowserName } from '../../scripts/devtools/driver.ts';
import { rows, SOON, showSocket } from '../e2e/helpers/panel.ts';
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

/** Those that are looked at in the panel too: whatever there is between page and browser, each frame is there once. */
const SHOWN: Readonly<Record<BrowserName, readonly string[]>> = {
  chromium: [
    'early/functionWrapper',
    'early/subclass',
    'early/proxyWrapper',
    'early/proxiedSockets',
    'early/lockedGetter',
    'inline/emulation',
    'inline/frozenAll',
    'later/subclass+functionWrapper',
    'zoned',
    'mocked',
  ],
  firefox: ['early/functionWrapper', 'early/subclass'],
};

/** Pages with a script of their own; their last socket is another one. */
const OWN_SCRIPT = ['zoned', 'mocked'];

/** Direction, type and length of what goes over the newest socket of each page. */
const FRAMES = [
  ['open', 'open', undefined],
  ['sent', 'text', 6],
  ['received', 'text', 6],
  ['sent', 'text', 5],
  ['received', 'text', 5],
  ['received', 'text', 6],
  ['sent', 'binary', 4],
  ['received', 'binary', 4],
  ['sent', 'binary', 3],
  ['received', 'binary', 3],
  ['sent', 'text', 9],
  ['received', 'text', 9],
  ['close', 'close', undefined],
  ['sent', 'text not sent', 4],
];

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

  it.each(SHOWN[name])('has its sockets shown in the panel: %s', async (path) => {
    const { panel, transcript } = await stage.watch(path);
    expect(transcript.at(-1)).toBe('done');
    await showSocket(panel, OWN_SCRIPT.includes(path) ? '/echo/newer' : '/echo/newest');
    const shown = async () =>
      (await rows(panel)).map(({ direction, type, bytes }) => [direction, type, bytes]);
    await expect.poll(shown, SOON).toEqual(FRAMES);
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
