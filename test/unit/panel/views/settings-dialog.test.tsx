// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { importSettings } from '../../../../src/panel/model/change-settings.ts';
import { SETTINGS } from '../../../../src/panel/settings/schema.ts';
import { soon, View } from '../../helpers/view.tsx';

let view: View;

beforeEach(() => {
  view = new View();
  view.press(document.body, ',', { ctrlKey: true });
});

const settings = () => view.world.model.settings;

function choose(name: string, value: string): void {
  const select = view.one('combobox', new RegExp(`^${name}`));
  if (!(select instanceof HTMLSelectElement)) throw new Error('no list');
  view.update(() => {
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

/** Puts a file into the dialog's field. */
async function give(text: string): Promise<void> {
  const field = document.querySelector<HTMLInputElement>('.settings input[type=file]');
  if (!field) throw new Error('no field');
  Object.defineProperty(field, 'files', { value: [new File([text], 'settings.json')], configurable: true });
  view.update(() => field.dispatchEvent(new Event('change', { bubbles: true })));
  await soon(() => {
    view.update(() => undefined);
    expect(document.querySelector('.settings-files')?.textContent).toMatch(/imported|Nothing was changed/);
  });
}

test('what is chosen holds at once', () => {
  choose('Theme', 'dark');
  expect(settings().of(SETTINGS.theme).value).toBe('dark');
  view.click(view.one('checkbox', 'Wrap long lines of raw text'));
  expect(settings().of(SETTINGS.wrapsRaw).value).toBe(false);
});

test('everything is reset but what has been made with work, and that can be undone', () => {
  choose('Theme', 'dark');
  view.click(view.one('button', 'Reset to defaults'));
  expect(settings().of(SETTINGS.theme).value).toBe('auto');
  const undo = view.all('button', 'Undo')[0];
  if (!undo) throw new Error('no way back');
  view.click(undo);
  expect(settings().of(SETTINGS.theme).value).toBe('dark');
  expect(view.all('button', 'Undo')).toEqual([]);
});

test('a sound file is taken, and that can be undone by keys', async () => {
  await give(
    '{"framescope":"settings","version":1,"settings":{"theme":"light","raw-wraps":false,"later":1}}',
  );
  expect(settings().of(SETTINGS.theme).value).toBe('light');
  expect(view.world.model.notice.value?.text).toBe('Settings imported: 2. Not known here: later.');
  view.press(document.querySelector('.settings') ?? document.body, 'Escape');
  view.press(document.body, 'z', { ctrlKey: true });
  expect(settings().of(SETTINGS.theme).value).toBe('auto');
  expect(settings().of(SETTINGS.wrapsRaw).value).toBe(true);
});

test('a broken file changes nothing, and the place is named', async () => {
  await give('{"framescope":"settings","version":1,"settings":{\n"theme":"light",\n"raw-wraps":1}}');
  expect(view.one('alert', /Nothing was changed/).textContent).toContain(
    'Line 3: “raw-wraps” must be true | false.',
  );
  expect(settings().of(SETTINGS.theme).value).toBe('auto');
});

test('values of a file take effect: limits hold at once', () => {
  const limits = { bytes: 16_000_000, disk: 0, rows: 60_000 };
  const text = JSON.stringify({ framescope: 'settings', version: 1, settings: { limits } });
  expect(importSettings(view.world.model, text)).toBeUndefined();
  expect(view.world.session.limits).toEqual(limits);
});
