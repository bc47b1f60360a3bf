// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { importSettings } from '../../../../../src/panel/model/change-settings.ts';
import { SETTINGS } from '../../../../../src/panel/settings/schema.ts';
import { soon, View } from '../../../helpers/view.tsx';

let view: View;

beforeEach(() => {
  view = new View();
  view.press(document.body, ',', { ctrlKey: true });
});

const settings = () => view.world.model.settings;

const alert = () => document.querySelector('.settings [role=alert]')?.textContent;

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

test('sizes of panes are put in, kept within what can be, and reset', () => {
  const sizes = () => settings().of(SETTINGS.paneSizes).value;
  const put = (value: string) => {
    const field = document.querySelector<HTMLInputElement>('[aria-label="Socket list: Width, px"]');
    if (!field) throw new Error('no field');
    view.update(() => {
      field.value = value;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    });
    return field.value;
  };
  expect(put('300')).toBe('300');
  expect(sizes().sockets).toBe(300);
  expect(put('')).toBe('300');
  expect(put('9')).toBe('64');
  view.click(view.one('button', 'Reset sizes'));
  expect(sizes()).toEqual(SETTINGS.paneSizes.usual);
  expect((view.one('button', 'Reset sizes') as HTMLButtonElement).disabled).toBe(true);
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

test('the keyboard stays in the dialog when the button that undoes goes, and Escape is heard wherever it is', () => {
  view.click(view.one('button', 'Reset to defaults'));
  const undo = view.all('button', 'Undo').find((button) => button.closest('.settings'));
  if (!undo) throw new Error('no way back');
  undo.focus();
  view.click(undo);
  expect(document.activeElement?.closest('.settings')).not.toBeNull();
  view.press(document.body, 'Escape');
  expect(view.world.model.dialog.value).toBeUndefined();
});

test('a sound file is taken, and that can be undone by keys', async () => {
  await give(
    '{"framescope":"settings","version":1,"settings":{"theme":"light","raw-wraps":false,"later":1}}',
  );
  expect(settings().of(SETTINGS.theme).value).toBe('light');
  expect(view.world.model.notice.value?.text).toBe(
    'Settings imported: 2. Unknown settings were ignored: later.',
  );
  view.press(document.querySelector('.settings') ?? document.body, 'Escape');
  view.press(document.body, 'z', { ctrlKey: true });
  expect(settings().of(SETTINGS.theme).value).toBe('auto');
  expect(settings().of(SETTINGS.wrapsRaw).value).toBe(true);
});

test('of a broken file what is sound is taken, and the place of the rest is named', async () => {
  await give('{"framescope":"settings","version":1,"settings":{\n"theme":"light",\n"raw-wraps":1}}');
  expect(alert()).toBe('Line 3: “raw-wraps” must be true | false.');
  expect(view.world.model.notice.value?.text).toBe('Settings imported: 1.');
  expect(settings().of(SETTINGS.theme).value).toBe('light');
});

test('a file that is none of ours changes nothing', async () => {
  await give('{"theme":"light"}');
  expect(alert()).toBe('Nothing was changed. This is not a Framescope settings file.');
  expect(settings().of(SETTINGS.theme).value).toBe('auto');
});

test('what is seen of frames is chosen here too: columns, how times are told', () => {
  const headers = () => view.all('columnheader').map((header) => header.getAttribute('aria-label'));
  expect(headers()).not.toContain('Note');
  view.click(view.one('checkbox', 'Note'));
  view.click(view.one('checkbox', 'Length'));
  expect(headers()).toContain('Note');
  expect(headers()).not.toContain('Length');
  choose('Time', 'since-first');
  expect(settings().of(SETTINGS.timeFormat).value).toBe('since-first');
  view.click(view.one('button', 'Reset columns'));
  expect(headers()).toContain('Length');
});

test('values of a file take effect: limits hold at once', () => {
  const limits = { bytes: 16_000_000, disk: 0, rows: 60_000 };
  const text = JSON.stringify({ framescope: 'settings', version: 1, settings: { limits } });
  expect(importSettings(view.world.model, text).problems).toEqual([]);
  expect(view.world.session.limits).toEqual(limits);
});
