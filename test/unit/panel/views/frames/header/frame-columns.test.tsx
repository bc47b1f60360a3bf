// @vitest-environment happy-dom
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { SETTINGS } from '../../../../../../src/panel/settings/schema.ts';
import { FrameKind } from '../../../../../../src/protocol/frames.ts';
import { View } from '../../../../helpers/view.tsx';

let view: View;
beforeEach(() => {
  view = new View();
  view.update(() => {
    const { number } = view.world.addSocket();
    view.world.addFrames(
      { payload: '{"type":"a"}', time: 1000, socket: number },
      { payload: '{"type":"b"}', time: 2500, socket: number },
      { payload: 'c', time: 2501, socket: number },
    );
  });
});

const headers = () => view.all('columnheader').map((header) => header.getAttribute('aria-label'));
const cells = (row: number) =>
  [...(view.all('row')[row]?.querySelectorAll('[role=gridcell]') ?? [])].map(
    ({ textContent }) => textContent ?? '',
  );
const choose = (item: string) => {
  const role = ['menuitem', 'menuitemradio', 'menuitemcheckbox'].find(
    (one) => view.all(one, item).length > 0,
  );
  view.click(view.one(role ?? 'menuitem', item));
};
const openMenu = (header: string) => view.press(view.one('columnheader', header), 'Enter');

describe('the header of the frame list', () => {
  test('has the name of each column above its cells', () => {
    expect(headers()).toEqual(['Star', 'Time', 'Δ ms', 'Direction', 'Socket', 'Type', 'Length', 'Data']);
    expect(cells(2)).toHaveLength(8);
  });

  test('hides and shows columns from its menu and with Delete', () => {
    view.press(view.one('columnheader', 'Δ ms'), 'Delete');
    expect(headers()).not.toContain('Δ ms');
    expect(cells(2)).toHaveLength(7);
    openMenu('Type');
    choose('Hide columnDel');
    expect(headers()).not.toContain('Type');
    openMenu('Time');
    choose('Type');
    expect(headers()).toContain('Type');
    choose('Reset columns');
    expect(headers()).toHaveLength(8);
    expect(document.querySelector('[role=menu]')).toBeNull();
  });

  test('moves columns from its menu and with Alt and an arrow key', () => {
    view.press(view.one('columnheader', 'Data'), 'ArrowLeft', { altKey: true });
    expect(headers().slice(-2)).toEqual(['Data', 'Length']);
    expect(cells(2).at(-2)).toContain('"type"');
    openMenu('Data');
    choose('Move rightAlt+→');
    expect(headers().slice(-2)).toEqual(['Length', 'Data']);
  });

  test('is one stop of the Tab key, within which arrow keys lead from name to name', () => {
    const stops = () =>
      view
        .all('columnheader')
        .flatMap((header) => (header.tabIndex === 0 ? [header.getAttribute('aria-label')] : []));
    expect(stops()).toEqual(['Star']);
    view.one('columnheader', 'Time').focus();
    view.press(view.one('columnheader', 'Time'), 'ArrowRight');
    expect(stops()).toEqual(['Δ ms']);
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Δ ms');
  });

  test('has handles that arrow keys move; the widths are stored', () => {
    const handle = () => view.one('separator', 'Width of column Type');
    const width = () => Number(handle().getAttribute('aria-valuenow'));
    const before = width();
    view.press(handle(), 'ArrowRight');
    view.press(handle(), 'ArrowLeft', { shiftKey: true });
    expect(width()).toBe(before + 7);
    view.press(handle(), 'Home');
    expect(width()).toBe(Number(handle().getAttribute('aria-valuemin')));
    expect(localStorage.getItem('columns')).toContain(`{"id":"type","width":${width()}`);
    expect(view.one('grid', 'Frames').style.getPropertyValue('--columns')).toContain(
      `minmax(40px, ${width()}px)`,
    );
  });
});

test('times are those of the day, or since the first frame, or since the row before', () => {
  const { timeFormat } = SETTINGS;
  expect(cells(2)[1]).toMatch(/^\d\d:\d\d:02\.500$/);
  openMenu('Time');
  choose('Since the first frame');
  expect([1, 2, 3].map((row) => cells(row)[1])).toEqual(['0.000 s', '1.500 s', '1.501 s']);
  choose('Since the previous row');
  expect([1, 2, 3].map((row) => cells(row)[1])).toEqual(['', '1,500 ms', '1 ms']);
  expect(localStorage.getItem(timeFormat.key)).toBe('"since-shown"');
});

test('the latency of messages and their replies is there once its column is seen', async () => {
  view.update(() =>
    view.world.addFrames(
      { payload: '{"id":1}', time: 3000, kind: FrameKind.sentText },
      { payload: '{"id":1}', time: 3018 },
    ),
  );
  expect(headers()).not.toContain('Latency');
  openMenu('Time');
  choose('Latency');
  expect(headers().at(-1)).toBe('Latency');
  await vi.waitFor(() => {
    view.update(() => undefined);
    expect([3, 4, 5].map((row) => cells(row).at(-1))).toEqual(['', '18 ms', '18 ms']);
  }, 20_000);
});

describe('stars and notes of a frame', () => {
  const { waitFor } = vi;
  const row = (text: string) => {
    const found = view.all('row').find(({ textContent }) => textContent?.includes(text));
    if (!found) throw new Error(`no row with ${text}`);
    return found;
  };
  const seen = (text: string) =>
    waitFor(() => {
      view.update(() => undefined);
      row(text);
    });

  test('is a star, by a key, a click, and for several at once; the filter finds them', async () => {
    view.click(row('"a"'));
    view.press(view.one('grid', 'Frames'), '*');
    await seen('★');
    expect(row('★').textContent).toContain('"a"');
    view.update(() => view.world.model.filter.setText('is:starred'));
    expect(view.all('row')).toHaveLength(2);
    view.click(row('"a"').querySelector<HTMLElement>('.star') ?? document.body);
    await waitFor(() => {
      view.update(() => undefined);
      expect(view.all('row')).toHaveLength(1);
    });
    view.update(() => view.world.model.filter.setText(''));
    view.press(view.one('grid', 'Frames'), 'a', { ctrlKey: true });
    view.press(view.one('grid', 'Frames'), '*');
    await waitFor(() => {
      view.update(() => undefined);
      expect(document.querySelectorAll('.is-starred')).toHaveLength(3);
    });
  });

  test('is a note, written in the list; Escape leaves it as it was; the filter follows', async () => {
    view.update(() => view.world.model.filter.setText('note:seen'));
    expect(view.all('row')).toHaveLength(1);
    view.update(() => view.world.model.filter.setText(''));
    view.click(row('"b"'));
    const write = async (text: string, key: string) => {
      view.press(view.one('grid', 'Frames'), 'n');
      await waitFor(() => {
        view.update(() => undefined);
        view.one('textbox', 'Note of the frame');
      });
      expect(document.activeElement).toBe(view.one('textbox', 'Note of the frame'));
      view.type(view.one('textbox', 'Note of the frame'), text);
      view.press(view.one('textbox', 'Note of the frame'), key);
    };
    await write('seen twice', 'Enter');
    expect(headers()).toContain('Note');
    expect(row('seen twice').textContent).toContain('"b"');
    await write('nothing', 'Escape');
    expect(row('seen twice').textContent).not.toContain('nothing');
    view.update(() => view.world.model.filter.setText('note:"SEEN T"'));
    expect(view.all('row')).toHaveLength(2);
    expect(view.all('textbox', 'Note of the frame')).toEqual([]);
  });

  test('is a note of no other frame, if the next page begins a new list while it is being written', async () => {
    view.click(row('"b"'));
    view.press(view.one('grid', 'Frames'), 'n');
    await waitFor(() => {
      view.update(() => undefined);
      view.one('textbox', 'Note of the frame');
    });
    view.type(view.one('textbox', 'Note of the frame'), 'of b');
    view.update(() => {
      view.world.model.session.clear();
      view.world.addTexts('{"x":1}', '{"y":2}', '{"z":3}');
    });
    await seen('"y"');
    expect(view.all('textbox', 'Note of the frame')).toEqual([]);
    expect(view.one('grid', 'Frames').textContent).not.toContain('of b');
  });
});
