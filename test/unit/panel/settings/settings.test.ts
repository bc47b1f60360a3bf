// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { ALL_SETTINGS, choice, SETTINGS } from '../../../../src/panel/settings/schema.ts';
import { Settings } from '../../../../src/panel/settings/settings.ts';
import { fieldsOf, listOf, oneOf, truth, wholeNumberFrom } from '../../../../src/panel/settings/shapes.ts';

const MB = 1_000_000;

beforeEach(() => localStorage.clear());

describe('the schema', () => {
  test('has a key of its own for each setting, and a usual value that it allows', () => {
    expect(new Set(ALL_SETTINGS.map(({ key }) => key)).size).toBe(ALL_SETTINGS.length);
    for (const { key, shape, usual } of ALL_SETTINGS) expect([key, shape.read(usual)]).toEqual([key, usual]);
  });

  test.each([
    undefined,
    null,
    'x',
    [],
    {},
    { bytes: 64 * MB, disk: 0 },
    { bytes: -1, disk: 0, rows: 100_000 },
  ])('takes %j for no limits', (value) => {
    expect(SETTINGS.limits.shape.read(value)).toBeUndefined();
  });
});

describe('shapes', () => {
  const shape = fieldsOf({ name: oneOf('a', 'b'), sizes: listOf(wholeNumberFrom(1, 9)), isOn: truth });

  test('read what they allow, and only that', () => {
    const value = { name: 'b', sizes: [1, 9], isOn: false };
    expect(shape.read({ ...value, more: 1 })).toEqual(value);
    for (const wrong of [
      { ...value, name: 'c' },
      { ...value, sizes: [1, 10] },
      { ...value, sizes: [1.5] },
      { ...value, sizes: {} },
      { ...value, isOn: 'true' },
      { name: 'a', isOn: true },
    ]) {
      expect(shape.read(wrong)).toBeUndefined();
    }
  });

  test('say what they allow', () => {
    expect(shape.expects).toBe('{ "name": "a" | "b", "sizes": [ 1 … 9, … ], "isOn": true | false }');
  });
});

describe('settings', () => {
  const size = choice('size', wholeNumberFrom(1, 9), 5);

  test('are what is stored, as far as it is one of their values', () => {
    expect(new Settings().of(size).value).toBe(5);
    localStorage.setItem('size', '7');
    expect(new Settings().of(size).value).toBe(7);
    for (const wrong of ['10', '"7"', '{', 'null']) {
      localStorage.setItem('size', wrong);
      expect(new Settings().of(size).value).toBe(5);
    }
  });

  test('keep the sound entries of a stored list in which one is wrong', () => {
    const filter = { name: 'errors', text: 'is:error' };
    localStorage.setItem('saved-filters', JSON.stringify([filter, { name: '', text: 'x' }, 7, null]));
    expect(new Settings().of(SETTINGS.savedFilters).value).toEqual([filter]);
  });

  test('keep a saved filter of any length', () => {
    const text = `a ${'or a '.repeat(5000)}`;
    new Settings().of(SETTINGS.savedFilters).value = [{ name: text, text }];
    expect(new Settings().of(SETTINGS.savedFilters).value).toEqual([{ name: text, text }]);
  });

  test('take over what another panel has added to a list, but no other choice', () => {
    const settings = new Settings();
    const [filters, theme] = [settings.of(SETTINGS.savedFilters), settings.of(SETTINGS.theme)];
    const storeElsewhere = (key: string, value: unknown) => {
      localStorage.setItem(key, JSON.stringify(value));
      dispatchEvent(new StorageEvent('storage', { key }));
    };
    const filter = { name: 'errors', text: 'is:error' };
    storeElsewhere('saved-filters', [filter]);
    storeElsewhere('theme', 'dark');
    storeElsewhere('something-else', 1);
    expect([filters.value, theme.value]).toEqual([[filter], 'auto']);
    storeElsewhere('saved-filters', 'broken');
    expect(filters.value).toEqual([filter]);
  });

  test('say where there is no storage left for what people have made, and hold all the same', () => {
    vi.stubGlobal('localStorage', {
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    try {
      const settings = new Settings();
      settings.onUnkept = vi.fn();
      settings.of(SETTINGS.theme).value = 'dark';
      expect(settings.onUnkept).not.toHaveBeenCalled();
      settings.of(SETTINGS.savedFilters).value = [{ name: 'a', text: 'a' }];
      expect(settings.onUnkept).toHaveBeenCalledOnce();
      expect(settings.of(SETTINGS.savedFilters).value).toHaveLength(1);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test('are kept once they are chosen, and not before', () => {
    const settings = new Settings();
    const chosen = settings.of(size);
    expect(localStorage.getItem('size')).toBeNull();
    chosen.value = 3;
    expect(localStorage.getItem('size')).toBe('3');
    expect(settings.of(size).value).toBe(3);
    expect(new Settings().of(size).value).toBe(3);
  });
});
