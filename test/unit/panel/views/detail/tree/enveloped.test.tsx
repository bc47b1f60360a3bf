// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { SETTINGS } from '../../../../../../src/panel/settings/schema.ts';
import { FrameKind } from '../../../../../../src/protocol/frames.ts';
import { soon, View } from '../../../../helpers/view.tsx';

let view: View;

beforeEach(() => {
  view = new View();
});

/** The preview of a message of a socket. */
function previewOf(
  payload: string | Uint8Array,
  socket: { readonly url?: string; readonly protocol?: string },
): string {
  view.update(() => {
    view.world.addSocket(socket);
    view.world.addFrames({ payload });
  });
  view.update(() => view.world.model.selection.select(view.world.model.filter.view.rowAt(0)));
  view.update(() => undefined);
  return view.one('tabpanel').textContent ?? '';
}

test('JSON within a packet is a tree, with its envelope above', () => {
  const text = previewOf('42["poll",{"votes":12}]', { url: 'wss://a.test/socket.io/?EIO=4' });
  expect(text).toContain('JSON within Socket.IO 42');
  expect(view.all('treeitem').map(({ textContent }) => textContent)).toContainEqual(
    expect.stringContaining('"poll"'),
  );
});

test('the digits before the JSON of Socket.IO are explained in words', () => {
  const url = 'wss://a.test/socket.io/?EIO=4';
  expect(previewOf('451-/admin,12["upload",{"_placeholder":true,"num":0}]', { url })).toContain(
    'BINARY_EVENT · /admin · ack id 12 · attachments: 1',
  );
});

test('several messages within one are elements of a list', () => {
  const text = previewOf('{"type":6}\u001e{"type":7}\u001e', {});
  expect(text).toContain('2 messages within one of SignalR');
});

test('what turns out not to be JSON is shown as it is', () => {
  expect(previewOf('42["poll",', { url: 'wss://a.test/socket.io/?EIO=4' })).toContain('42["poll",');
  expect(view.all('treeitem')).toEqual([]);
});

const items = () => view.all('treeitem').map(({ textContent }) => textContent?.replace(/\s+/g, ' '));

test('packets of MQTT without JSON are a tree of their fields', () => {
  const text = previewOf(Uint8Array.of(0x82, 6, 0, 9, 0, 1, 0x61, 1), { protocol: 'mqtt' });
  expect(text).toContain('MQTT, decoded from its bytes');
  expect(items()).toContainEqual(expect.stringMatching(/packet ?: ?"SUBSCRIBE"/));
  expect(items()).toContainEqual(expect.stringMatching(/topic ?: ?"a"/));
});

test('the version of MQTT is that of the CONNECT packet; without one it is shown as a guess', () => {
  const suback = Uint8Array.of(0x90, 4, 0, 9, 0, 1);
  expect(previewOf(suback, { protocol: 'mqtt' })).toContain('decoded from its bytes as 3.1.1');
  view = new View();
  const connect = Uint8Array.of(0x10, 14, 0, 4, 0x4d, 0x51, 0x54, 0x54, 5, 2, 0, 9, 0, 0, 1, 0x61);
  view.update(() => {
    view.world.addSocket({ protocol: 'mqtt' });
    view.world.addFrames({ kind: FrameKind.sentBinary, payload: connect }, { payload: suback });
  });
  view.update(() => view.world.model.selection.select(view.world.model.filter.view.rowAt(1)));
  view.update(() => undefined);
  expect(view.one('tabpanel').textContent).not.toContain('3.1.1');
  expect(items().filter((item) => item?.includes('reason'))).toHaveLength(1);
});

/** What the Raw tab shows. */
function rawText(): string {
  view.update(() => {
    view.world.model.tab.value = 'raw';
  });
  view.update(() => undefined);
  return view.one('tabpanel').querySelector('pre')?.textContent ?? '';
}

test('Raw can reformat JSON within a packet, leaving its envelope unchanged', async () => {
  const packet = '42["poll",{"votes":12}]';
  previewOf(packet, { url: 'wss://a.test/socket.io/?EIO=4' });
  expect(rawText()).toBe(packet);
  await soon(() => expect(view.one('checkbox', 'Pretty print')).toBeDefined());
  view.click(view.one('checkbox', 'Pretty print'));
  expect(rawText()).toBe('42\n[\n  "poll",\n  {\n    "votes": 12\n  }\n]');
});

test('Raw writes bytes as base64, hex or UTF-8, which is remembered, and Copy takes them so', async () => {
  previewOf(new TextEncoder().encode('{"ä":1}'), {});
  expect(rawText()).toBe('eyLDpCI6MX0=');
  await soon(() => expect(view.one('combobox', /^Bytes as/)).toBeDefined());
  choose('hex');
  expect(rawText()).toBe('7b 22 c3 a4 22 3a 31 7d');
  expect(copied()).toBe('7b22c3a4223a317d');
  expect(view.all('checkbox', 'Pretty print')).toEqual([]);
  choose('utf8');
  expect(rawText()).toBe('{"ä":1}');
  expect(copied()).toBe('{"ä":1}');
  view.click(view.one('checkbox', 'Pretty print'));
  expect(rawText()).toBe('{\n  "ä": 1\n}');
  expect(view.world.model.settings.of(SETTINGS.bytesInRaw).value).toBe('utf8');
});

test('Raw explains how bytes that are not UTF-8 are shown', async () => {
  previewOf(Uint8Array.of(0x61, 0xff), {});
  rawText();
  await soon(() => expect(view.one('combobox', /^Bytes as/)).toBeDefined());
  choose('utf8');
  expect(rawText()).toBe('a\ufffd');
  expect(view.one('tabpanel').textContent).toContain('stands for invalid bytes');
});

function choose(form: string): void {
  const choice = view.one('combobox', /^Bytes as/) as HTMLSelectElement;
  view.update(() => {
    choice.value = form;
    choice.dispatchEvent(new Event('change', { bubbles: true }));
  });
}

/** What Copy puts on the clipboard. */
function copied(): string {
  let text = '';
  document.execCommand = () => {
    const clipboardData = { setData: (_type: string, data: string) => (text = data) };
    return document.dispatchEvent(Object.assign(new Event('copy'), { clipboardData }));
  };
  view.click(view.one('button', 'Copy'));
  return text;
}
