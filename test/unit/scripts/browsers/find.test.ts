import { describe, expect, it } from 'vitest';
import { BrowserNotFoundError, findBrowser, type Machine } from '../../../../scripts/browsers/find.ts';

function machine(programs: readonly string[], rest: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    env: { PATH: '/usr/local/bin:/usr/bin' },
    uid: 1000,
    isExecutable: async (file) => programs.includes(file),
    ...rest,
  };
}

describe('finding a browser', () => {
  it('takes the program that the environment names, before any other', async () => {
    const env = { PATH: '/usr/bin', CHROME_PATH: '/opt/mine/chrome', FIREFOX_PATH: '/opt/mine/firefox' };
    const all = ['/usr/bin/chromium', '/usr/bin/firefox', '/opt/mine/chrome', '/opt/mine/firefox'];
    expect(await findBrowser('chromium', machine(all, { env }))).toBe('/opt/mine/chrome');
    expect(await findBrowser('firefox', machine(all, { env }))).toBe('/opt/mine/firefox');
  });

  it('refuses a named program that is not there, even when there are others', async () => {
    const env = { PATH: '/usr/bin', CHROME_PATH: '/gone' };
    const found = findBrowser('chromium', machine(['/usr/bin/chromium'], { env }));
    await expect(found).rejects.toThrow(
      'CHROME_PATH is set to /gone, which is not a program that can be run.',
    );
    await expect(found).rejects.not.toBeInstanceOf(BrowserNotFoundError);
  });

  it('treats an empty variable as not set', async () => {
    const env = { PATH: '/usr/bin', FIREFOX_PATH: '' };
    expect(await findBrowser('firefox', machine(['/usr/bin/firefox'], { env }))).toBe('/usr/bin/firefox');
  });

  it.each([
    ['/usr/bin/google-chrome', ['/usr/bin/google-chrome', '/usr/bin/microsoft-edge']],
    ['/usr/bin/chromium', ['/usr/local/bin/google-chrome', '/usr/bin/chromium']],
    ['/usr/bin/microsoft-edge', ['/usr/bin/microsoft-edge']],
    ['/opt/google/chrome/chrome', ['/opt/google/chrome/chrome']],
  ])('finds %s on Linux', async (expected, programs) => {
    expect(await findBrowser('chromium', machine(programs))).toBe(expected);
  });

  it('prefers Firefox ESR, the one that a Debian has', async () => {
    expect(await findBrowser('firefox', machine(['/usr/bin/firefox', '/usr/bin/firefox-esr']))).toBe(
      '/usr/bin/firefox-esr',
    );
  });

  it('finds applications on macOS, also the ones of the user alone', async () => {
    const mac: Partial<Machine> = { platform: 'darwin', env: { PATH: '/usr/bin', HOME: '/Users/ada' } };
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    const firefox = '/Users/ada/Applications/Firefox.app/Contents/MacOS/firefox';
    expect(await findBrowser('chromium', machine([chrome], mac))).toBe(chrome);
    expect(await findBrowser('firefox', machine([firefox], mac))).toBe(firefox);
  });

  it('finds programs on Windows', async () => {
    const env = {
      'PROGRAMFILES(X86)': 'C:\\Program Files (x86)',
      PROGRAMFILES: 'C:\\Program Files',
      Path: 'D:\\bin',
    };
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    expect(await findBrowser('chromium', machine([edge], { platform: 'win32', env }))).toBe(edge);
    expect(await findBrowser('firefox', machine(['D:\\bin\\firefox.exe'], { platform: 'win32', env }))).toBe(
      'D:\\bin\\firefox.exe',
    );
  });

  it('says what to install and which variable names a browser', async () => {
    await expect(findBrowser('chromium', machine([]))).rejects.toThrow(
      'No Chromium, Chrome or Edge found. Install Chromium (Debian: apt-get install chromium), Google Chrome or ' +
        "Microsoft Edge, or set CHROME_PATH to the browser's program.",
    );
    await expect(findBrowser('firefox', machine([]))).rejects.toThrow(
      'No Firefox found. Install Firefox 140 or newer (Debian: apt-get install firefox-esr), or set FIREFOX_PATH to ' +
        "the browser's program.",
    );
  });

  it('copes with no PATH at all', async () => {
    await expect(findBrowser('chromium', machine([], { env: {} }))).rejects.toBeInstanceOf(
      BrowserNotFoundError,
    );
  });
});
