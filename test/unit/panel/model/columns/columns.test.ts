import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  moveColumn,
  resizeColumn,
  showColumn,
} from '../../../../../src/panel/model/columns/column-changes.ts';
import { edgeOf } from '../../../../../src/panel/model/columns/column-edges.ts';
import { Columns, tracksOf, yieldingClasses } from '../../../../../src/panel/model/columns/columns.ts';
import {
  COLUMN_IDS,
  type ColumnChoice,
  columnChoices,
} from '../../../../../src/panel/settings/column-choices.ts';

const choices = signal<readonly ColumnChoice[]>([]);
const columns = new Columns(choices);
const ids = () => columns.shown(false).map(({ id }) => id);
const column = (id: string) => columns.all.find((one) => one.id === id);

beforeEach(() => columns.reset());

describe('the columns of the frame list', () => {
  test('are the usual ones until a person chooses, and again after a reset', () => {
    const usual = ids();
    expect(columns.areUsual).toBe(true);
    moveColumn(columns, 'data', 'before', 'time');
    resizeColumn(columns, 'type', 200);
    expect(columns.areUsual).toBe(false);
    columns.reset();
    expect(ids()).toEqual(usual);
    expect(column('type')?.width).not.toBe(200);
  });

  test('leave out that of the socket where all frames are of one', () => {
    expect(columns.shown(true).map(({ id }) => id)).toEqual(ids().filter((id) => id !== 'socket'));
  });

  test('are moved before and behind each other', () => {
    moveColumn(columns, 'data', 'before', 'star');
    expect(ids()[0]).toBe('data');
    moveColumn(columns, 'data', 'behind', 'star');
    expect(ids().slice(0, 2)).toEqual(['star', 'data']);
    moveColumn(columns, 'data', 'behind', 'data');
    expect(ids().slice(0, 2)).toEqual(['star', 'data']);
  });

  test('are hidden and shown, but for the last one', () => {
    for (const id of ids()) showColumn(columns, id, false);
    expect(ids()).toHaveLength(1);
    showColumn(columns, 'length', true);
    expect(ids()).toContain('length');
  });

  test('keep to the widths that they can have', () => {
    resizeColumn(columns, 'time', 3);
    expect(column('time')?.width).toBe(column('time')?.least);
    resizeColumn(columns, 'time', 1e9);
    expect(column('time')?.width).toBe(2000);
    resizeColumn(columns, 'time', 123.4);
    expect(column('time')?.width).toBe(123);
  });

  test('survive being kept', () => {
    moveColumn(columns, 'length', 'before', 'delta');
    showColumn(columns, 'delta', false);
    resizeColumn(columns, 'time', 150);
    const before = columns.all;
    const kept = columnChoices.read(JSON.parse(JSON.stringify(choices.value)));
    choices.value = kept ?? [];
    expect(columns.all).toEqual(before);
  });

  test('that a person could not know of when choosing stand behind the one that they usually follow', () => {
    choices.value = [
      { id: 'data', width: 300, isShown: true, stays: false },
      { id: 'time', width: 80, isShown: true, stays: false },
    ];
    expect(columns.all.map(({ id }) => id)).toEqual([
      'star',
      'data',
      'latency',
      'note',
      'time',
      ...COLUMN_IDS.slice(COLUMN_IDS.indexOf('delta'), COLUMN_IDS.indexOf('data')),
    ]);
  });
});

test('columns behind the one that takes the rest are sized by their near edge', () => {
  moveColumn(columns, 'length', 'behind', 'data');
  const shown = columns.shown(false);
  expect(shown.map((one) => [one.id, edgeOf(shown, one)]).slice(-3)).toEqual([
    ['type', 'end'],
    ['data', undefined],
    ['length', 'start'],
  ]);
});

describe('where there is little room', () => {
  const track = (id: string) => {
    const shown = columns.shown(false);
    // A track begins outside of all brackets.
    const tracks = tracksOf(shown).match(/[a-z]+(\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))/g);
    return tracks?.[shown.findIndex((one) => one.id === id)];
  };

  test('columns shrink to their least width, and something takes the rest', () => {
    resizeColumn(columns, 'type', 150);
    expect(track('type')).toBe('minmax(40px, 150px)');
    expect(track('data')).toMatch(/, 120px\), 1fr\)$/);
    showColumn(columns, 'data', false);
    expect(tracksOf(columns.shown(false))).toMatch(/ minmax\(0, 1fr\)$/);
  });

  test('times stay whole whatever has been done to other columns, unless a person makes theirs narrower', () => {
    moveColumn(columns, 'length', 'behind', 'data');
    showColumn(columns, 'note', true);
    expect(track('time')).toBe('minmax(92px, 92px)');
    resizeColumn(columns, 'time', 60);
    expect(track('time')).toBe('minmax(60px, 60px)');
  });

  test('a column gives way until a person shows or resizes that very column', () => {
    showColumn(columns, 'note', true);
    expect(yieldingClasses(columns.shown(false))).toBe(
      ' yields-star yields-delta yields-socket yields-length',
    );
    expect(track('delta')).toBe('var(--given-way, minmax(28px, 46px))');
    resizeColumn(columns, 'length', 70);
    showColumn(columns, 'delta', false);
    expect(yieldingClasses(columns.shown(false))).toBe(' yields-star yields-socket');
    showColumn(columns, 'delta', true);
    expect(yieldingClasses(columns.shown(false))).toBe(' yields-star yields-socket');
    expect(track('delta')).toBe('minmax(28px, 46px)');
  });

  test('what was chosen before that was kept gives way', () => {
    expect(columnChoices.read([{ id: 'delta', width: 46, isShown: true }])).toEqual([
      { id: 'delta', width: 46, isShown: true, stays: false },
    ]);
  });
});
