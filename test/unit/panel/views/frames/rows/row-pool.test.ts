// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import { clearList } from '../../../../../../src/panel/model/undo/clearing.ts';
import { RowPool } from '../../../../../../src/panel/views/frames/rows/row-pool.ts';
import { FrameKind } from '../../../../../../src/protocol/frames.ts';
import { speakEnglish } from '../../../../helpers/language.ts';
import { View } from '../../../../helpers/view.tsx';

let view: View;
let host: HTMLElement;
let pool: RowPool;

beforeEach(() => {
  view = new View();
  speakEnglish();
  host = document.createElement('div');
  pool = new RowPool(view.world.model, ['time', 'direction', 'type', 'length', 'data']);
  view.update(() => {
    view.world.addSocket();
    view.world.addTexts(...Array.from({ length: 40 }, (_, index) => `{"n":${index}}`));
  });
});

function draw(from: number, to: number): void {
  pool.draw(
    host,
    {
      rows: view.world.model.filter.view,
      isNewestFirst: false,
      timeFormat: 'clock',
      typeField: '',
      readings: undefined,
    },
    from,
    to,
  );
}

const rows = () => [...host.children];
const texts = () => rows().map((row) => row.querySelector('.data')?.textContent);
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `{"n":${from + index}}`);

test('rows are in the order of the list wherever it is scrolled to', () => {
  for (const [from, to] of [
    [10, 20],
    [12, 22],
    [9, 19],
    [30, 40],
    [25, 35],
    [27, 30],
    [20, 32],
    [0, 0],
    [0, 10],
  ] as const) {
    draw(from, to);
    expect(texts()).toEqual(numbers(from, to));
    expect(rows().map((row) => row.getAttribute('aria-rowindex'))).toEqual(
      Array.from({ length: to - from }, (_, index) => String(from + index + 2)),
    );
  }
});

test('a row that stays in sight keeps its element and is not moved; the others take over those that are free', () => {
  draw(10, 20);
  const before = rows();
  const insert = vi.spyOn(host, 'insertBefore');
  draw(13, 23);
  expect(rows().slice(0, 7)).toEqual(before.slice(3));
  expect(new Set(rows())).toEqual(new Set(before));
  expect(insert.mock.calls.map(([row]) => row)).toEqual(before.slice(0, 3));
});

test('a list that was cleared leaves its elements to the next one', () => {
  draw(0, 10);
  const before = new Set(rows());
  view.update(() => clearList(view.world.model));
  draw(0, 0);
  expect(rows()).toEqual([]);
  view.update(() => {
    view.world.addSocket();
    view.world.addTexts('other', 'rows');
  });
  draw(0, 2);
  expect(texts()).toEqual(['other', 'rows']);
  expect(rows().every((row) => before.has(row))).toBe(true);
});

test('an element that was put aside says nothing of the row of the same number in another list', () => {
  draw(0, 3);
  draw(0, 2);
  view.update(() => {
    clearList(view.world.model);
    view.world.addSocket();
    view.world.addTexts('other', 'rows');
    view.world.model.touch(true); // else the list of forty rows at once is followed by a pause
  });
  draw(0, 2);
  view.update(() => view.world.addTexts('more'));
  draw(0, 3);
  expect(texts()).toEqual(['other', 'rows', 'more']);
});

test('a row shows that its payload has been dropped', () => {
  const { model } = view.world;
  view.update(() => view.world.addTexts('x'.repeat(300_000)));
  draw(40, 41);
  expect(texts()[0]).toMatch(/^xxx/);
  view.update(() => {
    model.session.limits = { bytes: 0, disk: 0, rows: 1000 };
  });
  expect(model.store.payloadState(40)).toBe('memory');
  draw(40, 41);
  expect(texts()[0]).toBe('Payload of 300 kB dropped for lack of memory');
});

test('an element says nothing of the frame that it showed before', () => {
  view.update(() =>
    view.world.addFrames(
      { kind: FrameKind.sentText, payload: `[${'1,'.repeat(600)}1]` },
      { kind: FrameKind.close, detail: { close: { code: 4001, reason: 'gone', wasClean: true } } },
      { kind: FrameKind.receivedText, payload: '' },
    ),
  );
  const alone = (index: number) => {
    const fresh = document.createElement('div');
    new RowPool(view.world.model, ['time', 'direction', 'type', 'length', 'data']).draw(
      fresh,
      {
        rows: view.world.model.filter.view,
        isNewestFirst: false,
        timeFormat: 'clock',
        typeField: '',
        readings: undefined,
      },
      index,
      index + 1,
    );
    return fresh.textContent;
  };
  for (const index of [0, 40, 41, 42, 40, 0, 41]) {
    draw(index, index + 1);
    expect(host.textContent).toBe(alone(index));
    expect(host.querySelectorAll('svg')).toHaveLength(index === 41 ? 0 : 1);
  }
});

test('a message is coloured as far as it can be in sight, and further once its column is wider', () => {
  let tellWidth = (_width: number) => {};
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(told: (entries: unknown[]) => void) {
        tellWidth = (width) => told([{ contentRect: { width } }]);
      }
      observe() {}
      disconnect() {}
    },
  );
  pool = new RowPool(view.world.model, ['data']);
  const message = (n: number) => JSON.stringify({ first: n, text: 'x'.repeat(30), last: n });
  view.update(() => view.world.addTexts(...Array.from({ length: 20 }, (_, index) => message(index))));
  const coloured = () => rows().map((row) => [...row.querySelectorAll('span[class^=json-]')].length);
  draw(40, 42);
  expect(coloured()).toEqual([6, 6]);
  tellWidth(70);
  tellWidth(0); // it has left the document
  draw(50, 52);
  expect(coloured()).toEqual([3, 3]);
  expect(texts()).toEqual([message(10), message(11)]);
  const touch = vi.spyOn(view.world.model, 'touch');
  tellWidth(60);
  expect(touch).not.toHaveBeenCalled();
  tellWidth(400);
  expect(touch).toHaveBeenCalledOnce();
  draw(50, 52);
  expect(coloured()).toEqual([6, 6]);
});
