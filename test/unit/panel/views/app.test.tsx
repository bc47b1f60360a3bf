// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { beforeEach, describe, expect, test } from 'vitest';
import { FrameKind } from '../../../../src/protocol/frames.ts';
import { soon, View } from '../../helpers/view.tsx';

let view: View;

beforeEach(() => {
  view = new View();
});

/** An open socket, a closed one and a frame of each kind that people tell apart. */
function conversation(): void {
  view.update(() => {
    view.world.addSocket({ url: 'wss://example.test/feed' });
    view.world.addSocket({ url: 'wss://example.test/gone', readyState: 3 });
    view.world.addFrames(
      { kind: FrameKind.open },
      { payload: '{"hello":[1,2]}', kind: FrameKind.sentText },
      { payload: 'world' },
      { payload: Uint8Array.of(1, 2, 255), kind: FrameKind.receivedBinary },
      { kind: FrameKind.error, socket: 2 },
      { kind: FrameKind.close, socket: 2, detail: { close: { code: 1006, reason: '', wasClean: false } } },
    );
  });
}

const rows = () => view.all('row').slice(1);
const row = (text: string) => {
  const found = rows().find(({ textContent }) => textContent?.includes(text));
  if (!found) throw new Error(`no row with ${text}`);
  return found;
};
const ledger = () => view.one('status', 'Ledger').textContent ?? '';
const selected = (role: string) =>
  view.all(role).filter((element) => element.getAttribute('aria-selected') === 'true');

describe('the names that stay', () => {
  test('are there before there is a socket', () => {
    view.one('listbox', 'Sockets');
    view.one('grid', 'Frames');
    view.one('searchbox', 'Filter frames');
    view.one('region', 'Frame detail');
    view.one('region', 'Composer');
    view.one('textbox', 'Message');
    view.one('status', 'Ledger');
    for (const name of ['Send', 'Inject', 'Close socket', 'Clear', 'Pause']) view.one('button', name);
  });

  test('of the tabs lie in the frame’s region', () => {
    const region = view.one('region', 'Frame detail');
    const tabs = view.all('tab');
    expect(tabs.map(({ textContent }) => textContent)).toEqual(['Preview', 'Raw', 'Hex', 'Diff', 'Info']);
    expect(tabs.every((tab) => region.contains(tab))).toBe(true);
  });

  test('of message, send and inject lie in the composer', () => {
    const region = view.one('region', 'Composer');
    const parts = [view.one('textbox', 'Message'), view.one('button', 'Send'), view.one('button', 'Inject')];
    expect(parts.every((part) => region.contains(part))).toBe(true);
  });

  test('of the actions on a frame are there once a message is selected', () => {
    conversation();
    expect(view.all('button', 'Resend')).toEqual([]);
    view.click(row('world'));
    view.one('button', 'Resend');
    view.one('button', 'Edit and resend');
    view.click(row('1006'));
    expect(view.all('button', 'Resend')).toEqual([]);
  });
});

describe('the socket list', () => {
  test('names each socket by its URL and ready state', () => {
    view.update(() => {
      for (const readyState of [0, 1, 2, 3] as const) {
        view.world.addSocket({ url: `wss://example.test/${readyState}`, readyState });
      }
    });
    const names = view.all('option').map((option) => option.textContent);
    expect(names.filter((name) => name.startsWith('wss:'))).toEqual([
      expect.stringMatching(/^wss:\/\/example\.test\/0 .*\bCONNECTING\b/),
      expect.stringMatching(/^wss:\/\/example\.test\/1 .*\bOPEN\b/),
      expect.stringMatching(/^wss:\/\/example\.test\/2 .*\bCLOSING\b/),
      expect.stringMatching(/^wss:\/\/example\.test\/3 .*\bCLOSED\b/),
    ]);
  });

  test('narrows the frames to the socket that is chosen, and back', () => {
    conversation();
    view.click(view.one('option', /gone/));
    expect(selected('option')).toHaveLength(1);
    expect(rows()).toHaveLength(2);
    const showAll = view.one('button', 'Show all');
    showAll.focus();
    view.click(showAll);
    expect(rows()).toHaveLength(6);
    expect(document.activeElement, 'the button has gone').toBe(view.one('listbox', 'Sockets'));
  });

  test('is walked with the arrow keys and left with Escape', () => {
    conversation();
    const list = view.one('listbox', 'Sockets');
    view.press(list, 'ArrowDown');
    view.press(list, 'ArrowDown');
    expect(selected('option')[0]?.textContent).toContain('gone');
    expect(list.getAttribute('aria-activedescendant')).toBe(selected('option')[0]?.id);
    view.press(list, 'Escape');
    expect(selected('option')).toEqual([]);
  });

  test('shows the URL of a socket as text', () => {
    view.update(() => view.world.addSocket({ url: 'wss://example.test/<img src=x onerror=alert(1)>' }));
    expect(view.one('listbox', 'Sockets').querySelector('img')).toBeNull();
  });
});

describe('the frame list', () => {
  test('says how many rows there are, the header included', () => {
    expect(view.one('grid', 'Frames').getAttribute('aria-rowcount')).toBe('1');
    conversation();
    expect(view.one('grid', 'Frames').getAttribute('aria-rowcount')).toBe('7');
  });

  test('shows in each row the time, the direction, the length and the content', () => {
    conversation();
    const texts = rows().map(({ textContent }) => textContent ?? '');
    for (const text of texts) expect(text).toMatch(/\d\d:\d\d:\d\d\.\d\d\d/);
    expect(texts).toEqual([
      expect.stringMatching(/open.*connected/),
      expect.stringMatching(/sent.*15 B.*\{"hello":\[1,2\]\}/),
      expect.stringMatching(/received.*5 B.*world/),
      expect.stringMatching(/received.*3 B.*01 02 ff/),
      expect.stringMatching(/error.*failed/),
      expect.stringMatching(/close.*1006/),
    ]);
  });

  test('shows what a page sends as plain text', () => {
    view.update(() => {
      view.world.addSocket();
      view.world.addTexts('<b id="evil">bold</b>');
    });
    expect(row('<b id="evil">bold</b>').querySelector('#evil')).toBeNull();
  });

  test('draws only the rows in sight, however many there are, and the newest at first', () => {
    view.update(() => {
      view.world.addSocket();
      view.world.addTexts(...Array.from({ length: 5000 }, (_, index) => `frame ${index}`));
    });
    expect(view.one('grid', 'Frames').getAttribute('aria-rowcount')).toBe('5001');
    expect(rows().length).toBeLessThan(20);
    expect(rows().at(-1)?.textContent).toContain('frame 4999');
    expect(rows().at(-1)?.getAttribute('aria-rowindex')).toBe('5001');
  });

  test('is walked and selected with the keyboard', () => {
    conversation();
    const grid = view.one('grid', 'Frames');
    view.press(grid, 'Home');
    view.press(grid, 'ArrowDown');
    expect(selected('row')[0]?.textContent).toContain('hello');
    expect(grid.getAttribute('aria-activedescendant')).toBe(selected('row')[0]?.id);
    view.press(grid, 'ArrowDown', { shiftKey: true });
    expect(selected('row')).toHaveLength(2);
    view.press(grid, 'a', { ctrlKey: true });
    expect(selected('row')).toHaveLength(6);
    view.press(grid, 'Escape');
    expect(selected('row')).toEqual([]);
  });

  test('refers to the focused row only as long as it is in view', () => {
    view.update(() => {
      view.world.addSocket();
      view.world.addTexts(...Array.from({ length: 500 }, (_, index) => `frame ${index}`));
    });
    const grid = view.one('grid', 'Frames');
    view.press(grid, 'End');
    const named = grid.getAttribute('aria-activedescendant');
    expect(named).toBe(selected('row')[0]?.id);
    const scrollTo = (top: number) => {
      const list = grid.querySelector('.rows');
      if (list) list.scrollTop = top;
      // Nothing else happens that would have the grid drawn anew.
      void act(() => void list?.dispatchEvent(new Event('scroll')));
    };
    scrollTo(0);
    expect(rows()[0]?.textContent).toContain('frame 0');
    expect(grid.hasAttribute('aria-activedescendant')).toBe(false);
    scrollTo(1e6);
    expect(grid.getAttribute('aria-activedescendant')).toBe(named);
  });

  test('is selected with the pointer, one row, several and a range', () => {
    conversation();
    view.click(row('connected'));
    view.click(row('1006'), { ctrlKey: true });
    expect(selected('row')).toHaveLength(2);
    view.click(row('hello'));
    view.click(row('1006'), { shiftKey: true });
    expect(selected('row')).toHaveLength(5);
  });

  test('offers a replay of the selection', () => {
    conversation();
    view.press(view.one('grid', 'Frames'), 'a', { ctrlKey: true });
    view.one('button', 'Replay');
    expect(view.one('group', 'Replay').textContent).toContain('6 selected');
  });

  test('has the keyboard again once the bar of a replay goes', async () => {
    conversation();
    view.press(view.one('grid', 'Frames'), 'a', { ctrlKey: true });
    const replay = view.one('button', 'Replay');
    replay.focus();
    view.click(replay);
    await soon(() => {
      view.update(() => undefined);
      expect(replay.isConnected).toBe(false);
    });
    expect(document.activeElement).toBe(view.one('grid', 'Frames'));
  });
});

describe('the filter', () => {
  test('narrows the list, and the grid says to how many', () => {
    conversation();
    view.type(view.one('searchbox'), 'world');
    expect(rows().map(({ textContent }) => textContent)).toEqual([expect.stringContaining('world')]);
    expect(view.one('grid').getAttribute('aria-rowcount')).toBe('2');
  });

  test.each([
    ['the pointer', () => view.click(row('1006'), { shiftKey: true })],
    ['an arrow key', () => view.press(view.one('grid', 'Frames'), 'ArrowDown', { shiftKey: true })],
    ['the key for all', () => view.press(view.one('grid', 'Frames'), 'a', { ctrlKey: true })],
  ])('that goes adds nothing to what was selected with %s', (_, select) => {
    conversation();
    const box = view.one('searchbox');
    view.type(box, 'hello or 1006');
    view.click(row('hello'));
    select();
    expect(selected('row')).toHaveLength(2);
    view.press(box, 'Escape');
    expect(rows()).toHaveLength(6);
    expect(selected('row')).toHaveLength(2);
    expect(view.one('group', 'Replay').textContent).toContain('2 selected');
  });

  test('that is wrong says why and changes nothing', () => {
    conversation();
    const box = view.one('searchbox');
    view.type(box, 'world');
    view.type(box, 'world and (');
    expect(box.getAttribute('aria-invalid')).toBe('true');
    const why = document.getElementById(box.getAttribute('aria-describedby') ?? '');
    expect(why?.textContent).not.toBe('');
    expect(rows()).toHaveLength(1);
    view.press(box, 'Escape');
    expect(box.getAttribute('aria-invalid')).toBe('false');
    expect(rows()).toHaveLength(6);
  });

  test('that nothing passes says so', () => {
    conversation();
    view.type(view.one('searchbox'), 'no such text');
    expect(view.one('note').textContent).toContain('No frame passes the filter');
  });

  test('of directions is a choice of buttons', () => {
    conversation();
    view.click(view.one('button', 'Sent'));
    expect(rows()).toHaveLength(1);
    expect(view.one('button', 'Sent').getAttribute('aria-pressed')).toBe('true');
  });
});

describe('a list that was cleared', () => {
  test('can be brought back, by the message about it or by keys', () => {
    conversation();
    const all = view.all('row').length;
    view.click(view.one('button', 'Clear'));
    expect(document.body.textContent).toContain('Cleared 6 frames.');
    expect(view.all('row')).toHaveLength(1);
    view.click(view.one('button', 'Undo'));
    expect(view.all('row')).toHaveLength(all);
    expect(document.body.textContent).toContain('The cleared frames have been restored.');
    view.click(view.one('button', 'Clear'));
    view.press(document.body, 'z', { ctrlKey: true });
    expect(view.all('row')).toHaveLength(all);
  });

  test('cannot be restored after the empty list is cleared', () => {
    conversation();
    view.click(view.one('button', 'Clear'));
    view.click(view.one('button', 'Clear'));
    expect(view.all('button', 'Undo')).toEqual([]);
    view.press(document.body, 'z', { ctrlKey: true });
    expect(view.all('row')).toHaveLength(1);
  });
});

describe('one frame', () => {
  const panel = () => view.one('tabpanel').textContent ?? '';

  test('is shown as a tree, as text, as bytes and with all that is known of it', () => {
    conversation();
    view.click(row('hello'));
    expect(view.all('treeitem').length).toBeGreaterThan(1);
    view.click(view.one('tab', 'Raw'));
    expect(panel()).toBe('{"hello":[1,2]}');
    view.click(view.one('tab', 'Hex'));
    expect(panel()).toContain('7b 22 68 65');
    view.click(view.one('tab', 'Info'));
    expect(panel()).toContain('wss://example.test/feed');
  });

  test('keeps its tab from frame to frame, and tabs are walked with the arrow keys, Home and End', () => {
    conversation();
    view.click(row('world'));
    view.press(view.one('tab', 'Preview'), 'ArrowRight');
    expect(selected('tab').map(({ textContent }) => textContent)).toEqual(['Raw']);
    view.click(row('hello'));
    expect(panel()).toBe('{"hello":[1,2]}');
    view.press(view.one('tab', 'Raw'), 'ArrowLeft');
    view.press(view.one('tab', 'Preview'), 'ArrowLeft');
    expect(selected('tab').map(({ textContent }) => textContent)).toEqual(['Info']);
    view.press(view.one('tab', 'Info'), 'Home');
    expect(selected('tab').map(({ textContent }) => textContent)).toEqual(['Preview']);
    view.press(view.one('tab', 'Preview'), 'End');
    expect(selected('tab').map(({ textContent }) => textContent)).toEqual(['Info']);
    expect(document.activeElement).toBe(view.one('tab', 'Info'));
  });

  test('that is an event is described', () => {
    conversation();
    view.click(row('1006'));
    expect(panel()).toContain('The connection broke without a Close frame');
  });

  test('with invalid JSON shows where the error is, and the text', () => {
    view.update(() => {
      view.world.addSocket();
      view.world.addTexts('{"a":1,}');
    });
    view.click(row('{"a":1,}'));
    expect(panel()).toContain('line 1, column 8');
    expect(panel()).toContain('{"a":1,}');
  });

  test('keeps numbers that a double cannot hold as they were sent', () => {
    view.update(() => {
      view.world.addSocket();
      view.world.addTexts('[9007199254740993, 1e999]');
    });
    view.click(row('9007199254740993'));
    expect(panel()).toContain('9007199254740993');
    expect(panel()).toContain('1e999');
  });

  test('is copied into the composer', async () => {
    conversation();
    view.click(row('world'));
    view.click(view.one('button', 'Edit and resend'));
    await soon(() => expect(view.one('textbox', 'Message').textContent).toBe('world'));
  });
});

describe('the composer', () => {
  test('sends the message with its button and with its keys', async () => {
    conversation();
    const box = view.one('textbox', 'Message');
    view.type(box, 'hi');
    view.click(view.one('button', 'Send'));
    view.press(box, 'Enter', { ctrlKey: true });
    view.press(box, 'Enter', { ctrlKey: true, shiftKey: true });
    view.press(box, 'Enter');
    await expect
      .poll(() => view.world.run.mock.calls.map(([, { type }]) => type))
      .toEqual(['send', 'send', 'inject']);
  });

  test('shows the state of the draft as it is typed', () => {
    const note = () => document.getElementById('draft-note')?.textContent;
    view.type(view.one('textbox', 'Message'), '{"a":1}');
    expect(note()).toContain('JSON, 7 B');
    view.type(view.one('textbox', 'Message'), '{"a":');
    expect(note()).toContain('Not JSON');
  });

  test('closes a socket with a code and a reason, which are checked first', () => {
    conversation();
    view.click(view.one('button', 'Close socket'));
    view.type(view.one('textbox', /Code/), '1001');
    expect(view.one('button', 'Close now')).toHaveProperty('disabled', true);
    view.type(view.one('textbox', /Code/), '4001');
    view.type(view.one('textbox', /Reason/), 'enough');
    view.update(() =>
      view.one('form').dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })),
    );
    expect(view.world.run.mock.lastCall?.[1]).toEqual({ type: 'close', code: 4001, reason: 'enough' });
  });

  test('has nothing to close without an open socket', () => {
    expect(view.one('button', 'Close socket')).toHaveProperty('disabled', true);
  });
});

describe('the ledger', () => {
  test('says how many frames there are and how many were dropped', () => {
    expect(ledger()).toMatch(/0 frames.*0 dropped/);
    conversation();
    expect(ledger()).toMatch(/6 frames.*0 dropped/);
  });

  test('counts frames while capturing is paused', () => {
    conversation();
    view.click(view.one('button', 'Pause'));
    expect(view.one('button', 'Pause').getAttribute('aria-pressed')).toBe('true');
    view.update(() => view.world.addTexts('unseen', 'unseen'));
    expect(ledger()).toMatch(/6 frames.*2 dropped/);
    view.click(view.one('button', 'Pause'));
    expect(row('2 frames').textContent).toContain('capturing was paused');
  });

  test('starts anew when the list is cleared', () => {
    conversation();
    view.click(view.one('button', 'Clear'));
    expect(ledger()).toMatch(/0 frames.*0 dropped/);
    expect(rows()).toEqual([]);
    expect(view.all('option', /gone/)).toEqual([]);
  });
});

test('the panel shows what it is doing while there is nothing to see', () => {
  expect(view.one('note').textContent).toContain('Looking for sockets');
});

test('every button has a name', () => {
  conversation();
  view.press(view.one('grid', 'Frames'), 'a', { ctrlKey: true });
  expect(
    view.all('button').filter((button) => !(button.getAttribute('aria-label') ?? button.textContent)),
  ).toEqual([]);
});

describe('the account behind the status line', () => {
  const account = () => view.all('region', 'Account of all frames')[0]?.textContent;

  test('opens with a click on its figures, accounts for all frames, and closes with Escape', () => {
    conversation();
    view.update(() => {
      view.world.session.isPaused = true;
      view.world.addTexts('unseen', 'unseen');
      view.world.session.isPaused = false;
    });
    const button = view.all('button').find(({ textContent }) => textContent?.includes('6 frames'));
    expect(account()).toBeUndefined();
    if (!button) throw new Error('no figures');
    view.click(button);
    expect(account()).toContain('Observed8');
    expect(account()).toContain('Stored6');
    expect(account()).toContain('In flight0');
    expect(account()).toContain('Dropped2 capturing was paused');
    expect(button.getAttribute('aria-expanded')).toBe('true');
    view.press(button, 'Escape');
    expect(account()).toBeUndefined();
  });

  test('of one socket is shown under Info, with the number of the frame', () => {
    conversation();
    view.click(row('world'));
    view.click(view.one('tab', 'Info'));
    const info = view.one('region', 'Frame detail').textContent;
    expect(info).toContain('Number3 of its socket');
    expect(info).toContain('Observed4');
    expect(info).toContain('Stored4');
    expect(info).toContain('Droppednone');
  });
});
