// @vitest-environment happy-dom
import { EditorView } from '@codemirror/view';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  importLibrary,
  libraryFile,
  savedOf,
  saveMessage,
} from '../../../../../src/panel/model/composer/library.ts';
import { SETTINGS } from '../../../../../src/panel/settings/schema.ts';
import { View } from '../../../helpers/view.tsx';

let view: View;

beforeEach(() => {
  view = new View();
  view.update(() => {
    view.world.addSocket({ url: 'wss://example.test/feed' });
    view.world.addSocket({ url: 'wss://example.test/other' });
  });
});

const box = () => view.one('textbox', 'Message');
const write = (text: string) => view.type(box(), text);
const written = () => EditorView.findFromDOM(box())?.state.sliceDoc();
const note = () => document.getElementById('draft-note')?.textContent ?? '';
const choose = (name: string, value: string) =>
  view.update(() => {
    const select = view.one('combobox', name) as HTMLSelectElement;
    select.value = value;
    select.dispatchEvent(new Event('change', { bubbles: true }));
  });
/** What the page was told to send, each with the path of its socket. */
const sent = () =>
  view.world.run.mock.calls.map(([{ record }, action]) => [
    new URL(record.url).pathname,
    'payload' in action && action.payload.type === 'text' ? action.payload.text : action,
  ]);
const choice = (label: string) => {
  const item = view.all('menuitem').find(({ textContent }) => textContent?.startsWith(label));
  if (!item) throw new Error(`no menu item ${label}`);
  view.click(item);
};
const submit = () =>
  view.update(() => view.one('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })));

test('a change of format converts the draft, reports that, and can be undone', () => {
  write('hé');
  choose('Format', 'hex');
  expect(written()).toBe('68 c3 a9');
  expect(note()).toContain('Converted without loss');
  view.click(view.one('button', 'Keep as typed'));
  expect(written()).toBe('hé');
  expect(note()).toContain('Not hexadecimal');
  choose('Format', 'text');
  expect(written()).toBe('hé');
  expect(note()).toContain('Not converted');
});

describe('a socket that closes while a message is written for it', () => {
  const closeFeed = () =>
    view.update(() =>
      view.world.addSocket({ id: 1, url: 'wss://example.test/feed', readyState: 3, closedAt: 1 }),
    );

  beforeEach(() => {
    view.update(() => view.world.model.shownLine.showSocket(1));
    write('hello');
  });

  test('is shown as closed', () => {
    expect(note()).not.toContain('CLOSED');
    closeFeed();
    expect(note()).toContain('CLOSED: only Inject still works');
    expect(view.all('button', 'Use the open one')).toEqual([]);
  });

  test('is replaced by an open one to the same address, keeping the draft', () => {
    closeFeed();
    view.update(() => view.world.addSocket({ id: 3, url: 'wss://example.test/feed', createdAt: 0 }));
    view.click(view.one('button', 'Use the open one'));
    expect(note()).not.toContain('CLOSED');
    expect(written()).toBe('hello');
  });
});

test('each socket has its own draft', () => {
  write('for feed');
  choose('Socket to send on', '2');
  write('for other');
  choose('Socket to send on', '1');
  expect(written()).toBe('for feed');
});

describe('templates', () => {
  test('are text while they are switched off', async () => {
    write('{{uuid}}');
    expect(view.all('note', 'Preview of the message')).toEqual([]);
    view.click(view.one('button', 'Send'));
    await expect.poll(sent).toEqual([['/feed', '{{uuid}}']]);
  });

  test('are shown as they would be sent, and problems are reported before anything is sent', async () => {
    view.world.model.settings.of(SETTINGS.usesTemplates).value = true;
    write('{"id":{{last:$.id}}}');
    expect(note()).toContain('no received message');
    view.click(view.one('button', 'Send'));
    await expect.poll(() => document.body.textContent).toContain('Nothing was sent.');
    view.update(() => view.world.addTexts('{"id":12345678901234567890}'));
    expect(view.one('note', 'Preview of the message').textContent).toBe('{"id":12345678901234567890}');
    expect(note()).toContain('JSON, 27 B');
    view.click(view.one('button', 'Send'));
    await expect.poll(sent).toEqual([['/feed', '{"id":12345678901234567890}']]);
  });
});

describe('the history', () => {
  test('is walked through with the arrows from an empty editor, and listed in a menu', async () => {
    for (const text of ['one', 'two']) {
      write(text);
      view.click(view.one('button', 'Send'));
    }
    await expect.poll(() => sent().length).toBe(2);
    write('');
    view.press(box(), 'ArrowUp');
    expect(written()).toBe('two');
    view.press(box(), 'ArrowUp');
    expect(written()).toBe('one');
    view.press(box(), 'ArrowDown');
    view.press(box(), 'ArrowDown');
    expect(written()).toBe('');
    view.click(view.one('button', 'History'));
    choice('one');
    expect(written()).toBe('one');
  });

  test('that is forgotten can be brought back', async () => {
    write('one');
    view.click(view.one('button', 'Send'));
    await expect.poll(() => sent().length).toBe(1);
    write('');
    view.click(view.one('button', 'History'));
    choice('Forget');
    expect(document.body.textContent).toContain('1 sent message has been forgotten.');
    view.press(box(), 'ArrowUp');
    expect(written()).toBe('');
    view.click(view.one('button', 'Undo'));
    view.press(box(), 'ArrowUp');
    expect(written()).toBe('one');
  });

  test('leaves the arrows alone in a text of one’s own', async () => {
    write('one');
    view.click(view.one('button', 'Send'));
    await expect.poll(() => sent().length).toBe(1);
    write('one and more');
    view.press(box(), 'ArrowUp');
    expect(written()).toBe('one and more');
  });
});

describe('saved messages', () => {
  const MESSAGE = { folder: 'orders', name: 'buy', text: '{"side":"buy"}', format: 'json' } as const;
  const names = () => savedOf(view.world.model).map(({ folder, name }) => `${folder}/${name}`);

  test('are saved under a name, used, moved, deleted and restored', () => {
    write('{"side":"buy"}');
    view.click(view.one('button', 'More'));
    choice('Save message');
    view.type(view.one('textbox', 'Name'), 'buy');
    view.type(view.one('textbox', 'Folder'), 'orders');
    submit();
    expect(names()).toEqual(['orders/buy']);
    expect(document.activeElement).toBe(view.one('button', 'More'));
    expect(document.body.textContent).toContain('Saved as orders › buy');
    write('else');
    view.click(view.one('button', 'More'));
    choice('Show saved');
    view.click(view.one('button', 'Rename or move buy'));
    view.type(view.one('textbox', 'Folder'), 'old');
    submit();
    expect(names()).toEqual(['old/buy']);
    expect(document.activeElement?.textContent).toMatch(/^buy/);
    view.click(view.one('button', 'Undo'));
    expect(names()).toEqual(['orders/buy']);
    expect(document.body.textContent).toContain('Undone: Renamed to old › buy.');
    view.click(view.one('button', 'Rename or move buy'));
    view.type(view.one('textbox', 'Folder'), 'old');
    submit();
    view.click(view.one('button', 'Delete buy'));
    expect(names()).toEqual([]);
    expect(document.activeElement?.closest('.saved')).not.toBeNull();
    view.click(view.one('button', 'Undo'));
    expect(names()).toEqual(['old/buy']);
    view.click(view.one('button', /^buy/));
    expect(written()).toBe('{"side":"buy"}');
    expect(view.all('region', 'Saved messages')).toEqual([]);
  });

  test('go into a file and come back, those that are there already once', () => {
    const { model } = view.world;
    saveMessage(model, MESSAGE);
    saveMessage(model, { ...MESSAGE, text: 'other' });
    expect(names()).toEqual(['orders/buy', 'orders/buy (2)']);
    const file = libraryFile(model);
    expect(importLibrary(model, file)).toBe(0);
    localStorage.clear();
    const later = new View();
    expect(importLibrary(later.world.model, file)).toBe(2);
    expect(savedOf(later.world.model)).toEqual(savedOf(model));
  });

  test.each([
    '',
    '[]',
    '{"format":"framescope-messages"}',
    '{"format":"framescope-messages","messages":[{"name":1}]}',
  ])('a file of %s is refused', (file) => {
    expect(importLibrary(view.world.model, file)).toBeUndefined();
  });

  test('of another panel stay when one is saved', () => {
    saveMessage(view.world.model, MESSAGE);
    localStorage.setItem('saved-messages', JSON.stringify([{ ...MESSAGE, name: 'from elsewhere' }]));
    saveMessage(view.world.model, { ...MESSAGE, name: 'here' });
    expect(names()).toEqual(['orders/from elsewhere', 'orders/here']);
  });
});

test('a message goes to several sockets, with the outcome for each', async () => {
  write('to all');
  view.click(view.one('button', 'More'));
  choice('Send to several');
  view.world.run.mockResolvedValueOnce(undefined).mockResolvedValueOnce({ reason: 'no-connection' });
  submit();
  await expect.poll(sent).toEqual([
    ['/feed', 'to all'],
    ['/other', 'to all'],
  ]);
  await expect.poll(() => document.body.textContent).toContain('Sent to 1 of 2 sockets');
  view.update(() => undefined);
  const lines = [...document.querySelectorAll('.several li')].map(({ textContent }) => textContent ?? '');
  // What was not sent comes first.
  expect(lines[0]).toMatch(/\/other .*nothing was done/);
  expect(lines[1]).toMatch(/\/feed .*sent$/);
});

test('of many sockets some are found and chosen, and no more are drawn than are of use', async () => {
  view.update(() => {
    for (let number = 3; number <= 200; number++)
      view.world.addSocket({ url: `wss://example.test/${number % 100 === 7 ? 'rare' : 'many'}` });
  });
  write('to some');
  view.click(view.one('button', 'More'));
  choice('Send to several');
  const boxes = () => document.querySelectorAll('.several input').length;
  expect(boxes()).toBe(50);
  expect(document.body.textContent).toContain('150 more');
  view.click(view.one('checkbox', 'All 200'));
  expect(view.one('button', 'Send to 0')).toHaveProperty('disabled', true);
  view.type(view.one('searchbox', 'Find sockets'), 'RARE');
  expect(boxes()).toBe(2);
  view.click(view.one('checkbox', 'All 2'));
  expect(view.one('button', 'Send to 2')).toHaveProperty('disabled', false);
  view.type(view.one('searchbox', 'Find sockets'), '');
  submit();
  await expect.poll(sent).toEqual([
    ['/rare', 'to some'],
    ['/rare', 'to some'],
  ]);
});

test('a page that hangs does not keep the others waiting', async () => {
  write('to all');
  view.click(view.one('button', 'More'));
  choice('Send to several');
  view.world.run.mockReturnValueOnce(new Promise(() => undefined));
  submit();
  await expect.poll(sent).toHaveLength(2);
});

test.each(['Send to several', 'Send repeatedly', 'Save message', 'Show saved'])(
  'Escape ends %s, and the DevTools around the panel do not hear of it',
  (entry) => {
    write('x');
    view.click(view.one('button', 'More'));
    choice(entry);
    const key = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
    const heard = vi.fn();
    addEventListener('keydown', heard);
    view.update(() => document.activeElement?.dispatchEvent(key));
    removeEventListener('keydown', heard);
    expect([key.defaultPrevented, heard.mock.calls.length]).toEqual([true, 0]);
    expect(document.activeElement).toBe(view.one('button', 'More'));
  },
);

test('a close code must be a whole number in digits', () => {
  view.click(view.one('button', 'Close socket'));
  for (const code of ['1e3', '0x3e8', '1000.0', '-1']) {
    view.type(view.one('textbox', 'Code'), code);
    expect(view.one('button', 'Close now')).toHaveProperty('disabled', true);
  }
  view.type(view.one('textbox', 'Code'), ' 1000 ');
  expect(view.one('button', 'Close now')).toHaveProperty('disabled', false);
});

describe('the form to close a socket', () => {
  const closeFeed = () =>
    view.update(() => view.world.addSocket({ id: 1, url: 'wss://example.test/feed', readyState: 3 }));

  test('closes no other one when its socket closes by itself', () => {
    view.click(view.one('button', 'Close socket'));
    closeFeed();
    expect(view.one('alert').textContent).toBe('/feed is CLOSED already: there is nothing to close');
    expect(view.one('button', 'Close now')).toHaveProperty('disabled', true);
    submit();
    expect(sent()).toEqual([]);
    view.click(view.one('button', 'Cancel'));
    view.click(view.one('button', 'Close socket'));
    submit();
    expect(sent()).toEqual([['/other', { type: 'close', code: 1000, reason: undefined }]]);
  });

  test('is gone when another socket is chosen, also for who returns', () => {
    view.click(view.one('button', 'Close socket'));
    choose('Socket to send on', '2');
    expect(view.all('button', 'Close now')).toEqual([]);
    choose('Socket to send on', '1');
    expect(view.all('button', 'Close now')).toEqual([]);
  });
});

test('a message is sent again and again until the socket closes', async () => {
  vi.useFakeTimers();
  try {
    write('tick');
    view.click(view.one('button', 'More'));
    choice('Send repeatedly');
    view.type(view.one('textbox', 'Every (ms)'), '0');
    expect(view.one('button', 'Start')).toHaveProperty('disabled', true);
    view.type(view.one('textbox', 'Every (ms)'), '100');
    submit();
    await vi.advanceTimersByTimeAsync(250);
    view.update(() => undefined);
    expect(view.one('status', /.*3 sent/).textContent).toBe('3 sent');
    const stop = view.one('button', /^Stop/);
    stop.focus();
    view.click(stop);
    expect(document.activeElement).toBe(view.one('button', 'Start'));
    // Had the one become the other while it is clicked, the click would have submitted the form.
    expect(view.one('button', 'Start')).not.toBe(stop);
    submit();
    await vi.advanceTimersByTimeAsync(250);
    view.update(() => {
      view.world.addSocket({ id: 1, url: 'wss://example.test/feed', readyState: 3 });
    });
    view.update(() => undefined);
    expect(view.one('status', /Ended/).textContent).toContain('Ended after 3: the socket is CLOSED');
  } finally {
    vi.useRealTimers();
  }
});
