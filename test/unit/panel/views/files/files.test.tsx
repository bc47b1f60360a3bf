// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { FrameKind } from '../../../../../src/protocol/frames.ts';
import { soon, View } from '../../../helpers/view.tsx';

let view: View;

beforeEach(() => {
  view = new View();
  view.update(() => {
    view.world.addSocket();
    view.world.addFrames({ kind: FrameKind.open }, { payload: '{"a":1}' }, { payload: 'two' });
  });
});

/** The labels of what can be chosen in the menu that is open, once it has been loaded. */
async function menuItems(name: string): Promise<string[]> {
  await soon(() => {
    view.update(() => undefined);
    view.one('menu', name);
  });
  return [...view.one('menu', name).querySelectorAll('button')].map(
    ({ firstChild }) => firstChild?.textContent ?? '',
  );
}

const focused = () => document.activeElement?.firstChild?.textContent;

describe('the menu of a frame', () => {
  it('opens by keyboard, is walked through, and gives the keyboard back', async () => {
    const grid = view.one('grid', 'Frames');
    grid.focus();
    view.press(grid, 'End');
    view.press(grid, 'F10', { shiftKey: true });
    const items = await menuItems('Frame');
    expect(items.slice(0, 4)).toEqual(['Resend', 'Inject again', 'Edit and resend', 'Star']);
    expect(items.at(-1)).toBe('Save payload as a file');
    const menu = view.one('menu', 'Frame');
    expect(focused()).toBe('Resend');
    view.press(menu, 'ArrowUp');
    expect(focused()).toBe('Save payload as a file');
    view.press(menu, 'w');
    expect(focused()).toBe('websocat command');
    view.press(menu, 'w');
    expect(focused()).toBe('wscat command');
    view.press(menu, 'Home');
    view.press(menu, 'ArrowDown');
    expect(focused()).toBe('Inject again');
    view.press(menu, 'Escape');
    expect(view.all('menu')).toEqual([]);
    expect(document.activeElement).toBe(grid);
  });

  it('opens with the right button on the row that is pressed, and closes with a click elsewhere', async () => {
    const row = view.all('row').find(({ textContent }) => textContent?.includes('two'));
    view.update(() => {
      row?.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 2 }));
      row?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }));
    });
    await menuItems('Frame');
    expect(view.world.model.selection.focus.value).toBe(2);
    view.click(view.one('searchbox'));
    expect(view.all('menu')).toEqual([]);
  });
});

describe('the menu of Export', () => {
  it('offers what there is to be exported, and writes it in a format', async () => {
    view.click(view.one('button', 'Export'));
    await menuItems('Export');
    const scope = (name: RegExp) => view.one('menuitemradio', name);
    expect(scope(/^Selection \(0\)/).getAttribute('aria-disabled')).toBe('true');
    expect(scope(/^Everything \(3\)/).getAttribute('aria-checked')).toBe('true');
    // An empty filter shows everything.
    expect(scope(/^What the filter shows \(3\)/).getAttribute('aria-disabled')).not.toBe('true');
    const started = vi.spyOn(view.world.model.transfers, 'export').mockResolvedValue();
    view.click(view.one('menuitem', /^NDJSON/));
    expect(started).toHaveBeenCalledWith('ndjson', 'all', expect.any(Function));
    expect(view.all('menu')).toEqual([]);
  });

  it('counts frames and gaps apart, as the file does', async () => {
    const { model } = view.world;
    view.update(() => {
      model.store.appendGap(1, 3, { reason: 'left', frames: 50, bytes: 0, first: 3 });
      model.store.appendGap(1, 4, { reason: 'left', frames: 7, bytes: 0, first: 53 });
      model.selection.select(2);
      model.selection.extendTo(3);
      model.filter.setText('is:dropped');
    });
    view.click(view.one('button', 'Export'));
    await menuItems('Export');
    const scopes = () => view.all('menuitemradio').map(({ textContent }) => textContent);
    expect(scopes()).toEqual([
      'Selection (0, gaps: 1)',
      'What the filter shows (0, gaps: 2)',
      'Everything (3, gaps: 2)',
    ]);
  });
});

describe('an import', () => {
  it('is begun by a file that is dropped, and tells what could not be read', async () => {
    const file = new File(['{"log":{"entries":[]}}'], 'none.har');
    const event = new Event('drop', { bubbles: true, cancelable: true });
    Object.assign(event, { dataTransfer: { files: [file], types: ['Files'] } });
    view.update(() => document.body.dispatchEvent(event));
    await soon(() => {
      view.update(() => undefined);
      expect(view.one('region', 'Import').textContent).toContain('Line 1: the file contains no WebSocket');
    });
    expect(event.defaultPrevented).toBe(true);
    const close = view.one('button', 'Close');
    close.focus();
    view.press(close, 'Escape');
    expect(view.all('region', 'Import')).toEqual([]);
    expect(document.activeElement).toBe(view.one('grid', 'Frames'));
  });

  it('of several files keeps what could not be read of an earlier one', async () => {
    const { transfers, notice } = view.world.model;
    await transfers.import([
      new File(['nothing\n'], 'broken.ndjson'),
      new File(
        ['{"type":"socket","socket":1,"url":"wss://a.test/","readyState":"OPEN","createdAt":1}\n'],
        'sound.ndjson',
      ),
    ]);
    expect(transfers.state.value).toMatchObject({ type: 'imported-in-part', file: 'broken.ndjson' });
    expect(notice.value?.text).toContain('sound.ndjson');
  });
});

it('shows what cannot be seen in the name of a file, which can stem from anybody', () => {
  view.update(() => {
    view.world.model.transfers.state.value = {
      type: 'imported-in-part',
      file: 'a\u202elmth.har',
      frames: 1,
      sockets: 1,
      problems: [{ line: 3, reason: { code: 'cut-off' } }],
      problemCount: 1,
    };
  });
  expect(view.one('region', 'Import').textContent).toContain(
    'a⟨U+202E⟩lmth.har: one place could not be read',
  );
});
