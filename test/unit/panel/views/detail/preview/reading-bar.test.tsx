// @vitest-environment happy-dom
import { encode } from '@msgpack/msgpack';
import { beforeEach, describe, expect, test } from 'vitest';
import { SETTINGS } from '../../../../../../src/panel/settings/schema.ts';
import { soon, View } from '../../../../helpers/view.tsx';

let view: View;

beforeEach(() => {
  localStorage.clear();
  view = new View();
});

const MESSAGE = encode({ type: 'trade', price: 64_031.25 });

/** Shows a message in the preview. */
function preview(
  payload: string | Uint8Array,
  socket: { readonly url?: string; readonly protocol?: string } = {},
) {
  view.update(() => {
    view.world.addSocket(socket);
    view.world.addFrames({ payload });
  });
  view.update(() => view.world.model.selection.select(view.world.model.filter.view.rowAt(0)));
  view.update(() => undefined);
}

const items = () => view.all('treeitem').map(({ textContent }) => textContent?.replace(/\s+/g, ' '));
const bar = () => view.one('combobox', /^Read as/) as HTMLSelectElement;
const hex = () => view.all('group', 'Hex').length;

function choose(reading: string): void {
  const choice = bar();
  view.update(() => {
    choice.value = reading;
    choice.dispatchEvent(new Event('change', { bubbles: true }));
  });
  view.update(() => undefined);
}

test('bytes with values are a tree of these, with the format that they were read as', () => {
  preview(MESSAGE);
  expect(items()).toContainEqual(expect.stringMatching(/price ?: ?64031.25/));
  expect(bar().value).toBe('auto');
  expect(bar().options[0]?.textContent).toBe('Automatic: MessagePack');
});

test('another reading can be chosen, and none; that holds for all sockets of the endpoint', () => {
  preview(MESSAGE, { url: 'wss://a.test/feed?token=1' });
  choose('CBOR');
  expect(view.one('tabpanel').textContent).toMatch(/Not CBOR: byte \d+ does not fit/);
  expect(hex()).toBe(1);
  choose('bytes');
  expect(view.one('tabpanel').textContent).not.toContain('Not CBOR');
  expect(items()).toEqual([]);
  expect(view.world.model.settings.of(SETTINGS.readings).value).toEqual([
    { endpoint: 'wss://a.test/feed', reading: 'bytes' },
  ]);
  view.update(() => view.world.addSocket({ url: 'wss://a.test/feed?token=2' }));
  expect(view.world.model.sockets().map(({ reading }) => reading)).toEqual(['bytes', 'bytes']);
  choose('auto');
  expect(items()).toContainEqual(expect.stringMatching(/price/));
  expect(view.world.model.settings.of(SETTINGS.readings).value).toEqual([]);
});

test('rows, types and filters follow the choice', async () => {
  preview(MESSAGE);
  const row = () => view.all('row').at(-1)?.textContent ?? '';
  await soon(() => expect(row()).toContain('{"type":"trade","price":64031.25}'));
  expect(row()).toMatch(/^.*trade/);
  view.update(() => view.world.model.filter.setText('$.price > 64000'));
  await soon(() => expect(view.world.model.filter.view.length).toBe(1));
  choose('bytes');
  await soon(() => expect(view.world.model.filter.view.length).toBe(0));
  view.update(() => view.world.model.filter.setText('type:trade'));
  await soon(() => expect(view.world.model.filter.view.length).toBe(0));
  choose('auto');
  await soon(() => expect(view.world.model.filter.view.length).toBe(1));
});

test('what JSON cannot express is shown beside it', () => {
  preview(Uint8Array.of(0xbf, 1, 2, 0xff));
  expect(view.one('tabpanel').textContent).toContain('Keys that are not text are written as text');
  expect(view.one('tabpanel').textContent).toContain('Some lengths are indefinite');
});

test('there is nothing to choose for texts, nor for packets of MQTT', () => {
  preview('{"a":1}');
  expect(view.all('combobox', /^Read as/)).toEqual([]);
  view = new View();
  preview(Uint8Array.of(0xc0, 0), { protocol: 'mqtt' });
  expect(view.all('combobox', /^Read as/)).toEqual([]);
});

test('Raw can format values as JSON', async () => {
  preview(MESSAGE);
  view.update(() => {
    view.world.model.tab.value = 'raw';
  });
  await soon(() => expect(view.one('checkbox', 'Pretty print')).toBeDefined());
  view.click(view.one('checkbox', 'Pretty print'));
  expect(view.one('tabpanel').querySelector('pre')?.textContent).toBe(
    '{\n  "type": "trade",\n  "price": 64031.25\n}',
  );
});

describe('a message that is too large to be read at once', () => {
  const LARGE = encode({ type: 'snapshot', rows: Array.from({ length: 120_000 }, (_, row) => `row ${row}`) });

  test('is a tree, too, a little later', async () => {
    preview(LARGE);
    expect(view.one('tabpanel').textContent).toContain('Reading 1.');
    await soon(() => {
      view.update(() => undefined);
      expect(items()).toContainEqual(expect.stringMatching(/type ?: ?"snapshot"/));
    });
    expect(bar().options[0]?.textContent).toBe('Automatic: MessagePack');
    expect(view.one('tabpanel').textContent).not.toContain('Reading');
  });

  test('shows what is wrong with another format, and can show plain bytes', async () => {
    preview(LARGE);
    choose('Protobuf');
    await soon(() => {
      view.update(() => undefined);
      expect(view.one('tabpanel').textContent).toMatch(/Not Protobuf: byte \d+ does not fit/);
    });
    expect(hex()).toBe(1);
    choose('bytes');
    expect(view.one('tabpanel').textContent).not.toContain('Not Protobuf');
    expect(hex()).toBe(1);
  });
});
