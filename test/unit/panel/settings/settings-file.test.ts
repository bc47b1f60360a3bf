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
    expect(reading).toMatchObject({ unknown: [], problems: [] });
    expect(reading.read.map(({ setting }) => setting.key).sort()).toEqual(
      ALL_SETTINGS.map(({ key }) => key).sort(),
    );
    for (const { setting, value } of reading.read) expect(value).toEqual(settings.of(setting).value);
  });

  test('may hold a part of them, and what is not known here', () => {
    const text = '{"framescope":"settings","version":1,"settings":{"theme":"light","later":[1]}}';
    expect(readSettings(text)).toEqual({
      read: [{ setting: SETTINGS.theme, value: 'light' }],
      unknown: ['later'],
      problems: [],
    });
  });

  test('gives what is sound of it, and says what is not', () => {
    const text =
      '{"framescope":"settings","version":1,"settings":{\n"theme":"dark",\n"raw-wraps":"yes",\n"big-endian":true}}';
    expect(readSettings(text)).toEqual({
      read: [
        { setting: SETTINGS.theme, value: 'dark' },
        { setting: SETTINGS.readsBigEndian, value: true },
      ],
      unknown: [],
      problems: [{ type: 'wrong-value', line: 3, key: 'raw-wraps', expects: 'true | false' }],
    });
  });

  test.each([
    ['between two values', '"theme":"dark",\n', { code: 'unexpected-end', line: 3 }],
    ['within one', '"theme":"dark",\n"limits":{"bytes":16', { code: 'unexpected-end', line: 3 }],
    ['at something else', '"theme":"dark",\n"raw-wraps":yes}}', { code: 'unknown-word', line: 3 }],
  ])('that breaks off %s gives what stands before', (_, settings, error) => {
    const text = `{"framescope":"settings","version":1,"settings":{\n${settings}`;
    expect(readSettings(text)).toMatchObject({
      read: [{ setting: SETTINGS.theme, value: 'dark' }],
      problems: [{ type: 'not-json', error }],
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
  ])('that holds %s is not taken, and why', (_, text, problem) => {
    expect(readSettings(text)).toMatchObject({ read: [], problems: [problem] });
  });
});
