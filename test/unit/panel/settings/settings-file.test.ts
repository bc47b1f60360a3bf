// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from 'vitest';
import { ALL_SETTINGS, SETTINGS } from '../../../../src/panel/settings/schema.ts';
import { Settings } from '../../../../src/panel/settings/settings.ts';
import { readSettings, writeSettings } from '../../../../src/panel/settings/settings-file.ts';

beforeEach(() => localStorage.clear());

describe('a file with settings', () => {
  test('holds all of them, and is read as it was written', () => {
    const settings = new Settings();
    settings.of(SETTINGS.theme).value = 'dark';
    const reading = readSettings(writeSettings(settings));
    if (!reading.ok) throw new Error(JSON.stringify(reading.problem));
    expect(reading.unknown).toEqual([]);
    expect(reading.read.map(({ setting }) => setting.key).sort()).toEqual(
      ALL_SETTINGS.map(({ key }) => key).sort(),
    );
    for (const { setting, value } of reading.read) expect(value).toEqual(settings.of(setting).value);
  });

  test('may hold a part of them, and what is not known here', () => {
    const text = '{"framescope":"settings","version":1,"settings":{"theme":"light","later":[1]}}';
    expect(readSettings(text)).toEqual({
      ok: true,
      read: [{ setting: SETTINGS.theme, value: 'light' }],
      unknown: ['later'],
    });
  });

  test.each([
    [
      'no JSON',
      '{\n  "framescope": settings\n}',
      { type: 'not-json', error: { line: 2, found: 'settings' } },
    ],
    ['nothing', '', { type: 'not-json' }],
    ['something else', '[1]', { type: 'not-settings' }],
    ['no settings', '{"framescope":"settings","version":1}', { type: 'not-settings' }],
    ['a later version', '{"framescope":"settings","version":2,"settings":{}}', { type: 'newer', version: 2 }],
    [
      'a value that cannot be',
      '{"framescope":"settings","version":1,"settings":{\n"theme":"dark",\n"raw-wraps":"yes"}}',
      { type: 'wrong-value', line: 3, key: 'raw-wraps', expects: 'true | false' },
    ],
  ])('that holds %s is not taken, and why', (_, text, problem) => {
    expect(readSettings(text)).toMatchObject({ ok: false, problem });
  });
});
