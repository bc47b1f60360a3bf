import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ensureBrowsers,
  ensureChromium,
  ensureFirefox,
  type Run,
  runInTerminal,
} from '../../../../scripts/browsers/ensure.ts';
import { BrowserNotFoundError, type Machine } from '../../../../scripts/browsers/find.ts';

/** A machine whose programs are what is in the set now. */
function machine(programs: Set<string>, uid: number | undefined): Machine {
  return {
    platform: 'linux',
    env: { PATH: '/usr/bin' },
    uid,
    isExecutable: async (file) => programs.has(file),
  };
}

const never: Run = async (command) => {
  throw new Error(`${command} must not run`);
};

describe('installing a browser', () => {
  beforeEach(() => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
  });

  it('installs nothing where there is one', async () => {
    const programs = new Set(['/usr/bin/chromium', '/usr/bin/apt-get']);
    expect(await ensureChromium(machine(programs, 0), never)).toBe('/usr/bin/chromium');
    expect(console.log).not.toHaveBeenCalled();
  });

  it.each([
    ['chromium', ensureChromium],
    ['firefox-esr', ensureFirefox],
  ])('installs %s and a font with apt-get as root, and says so', async (name, ensure) => {
    const programs = new Set(['/usr/bin/apt-get']);
    const run = vi.fn<Run>(async (_command, [action]) => {
      if (action === 'install') programs.add(`/usr/bin/${name}`);
    });
    expect(await ensure(machine(programs, 0), run)).toBe(`/usr/bin/${name}`);
    const environment = { DEBIAN_FRONTEND: 'noninteractive' };
    const [update, install] = run.mock.calls;
    expect(update).toEqual(['/usr/bin/apt-get', ['update', '-qq'], environment]);
    expect(install?.[1]).toEqual(
      expect.arrayContaining(['-y', '--no-install-recommends', name, 'fonts-dejavu-core']),
    );
    expect(install?.[2]).toEqual(environment);
    expect(console.log).toHaveBeenCalledWith(expect.stringContaining(name));
  });

  it.each([
    ['not root', new Set(['/usr/bin/apt-get']), 1000],
    ['no apt-get', new Set<string>(), 0],
    ['no user ids', new Set(['/usr/bin/apt-get']), undefined],
  ])('says what to do instead where it cannot install: %s', async (_why, programs, uid) => {
    const ensured = ensureFirefox(machine(programs, uid), never);
    await expect(ensured).rejects.toBeInstanceOf(BrowserNotFoundError);
    await expect(ensured).rejects.toThrow('FIREFOX_PATH');
  });

  it('has all browsers, and says of each that is missing what to do', async () => {
    const both = machine(new Set(['/usr/bin/chromium', '/usr/bin/firefox']), 1000);
    expect(await ensureBrowsers(both, never)).toEqual({
      chromium: '/usr/bin/chromium',
      firefox: '/usr/bin/firefox',
    });
    const ensured = ensureBrowsers(machine(new Set(), 1000), never);
    await expect(ensured).rejects.toThrow(/CHROME_PATH.*\n.*FIREFOX_PATH/);
  });

  it('installs nothing for a variable that names no program', async () => {
    const root = {
      ...machine(new Set(['/usr/bin/apt-get']), 0),
      env: { PATH: '/usr/bin', CHROME_PATH: '/gone' },
    };
    await expect(ensureChromium(root, never)).rejects.toThrow('CHROME_PATH is set to /gone');
  });

  it('says what to do when apt-get fails, and why it did', async () => {
    const broken: Run = () => Promise.reject(new Error('no network'));
    const error = await ensureChromium(machine(new Set(['/usr/bin/apt-get']), 0), broken).catch(
      (e: unknown) => e,
    );
    expect(String(error)).toContain('apt-get could not install chromium. No Chromium, Chrome or Edge found.');
    expect((error as Error).cause).toMatchObject({ message: 'no network' });
  });

  it('reports a command that fails or does not exist', async () => {
    await expect(runInTerminal(process.execPath, ['-e', 'process.exit(3)'], {})).rejects.toThrow(
      'exit code 3',
    );
    await expect(runInTerminal('/no/such/program', [], {})).rejects.toThrow('ENOENT');
    await runInTerminal(process.execPath, ['-e', 'process.exit(process.env.GIVEN === "yes" ? 0 : 1)'], {
      GIVEN: 'yes',
    });
  });
});
