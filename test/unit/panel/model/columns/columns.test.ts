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
  test('are the default ones until the user changes them, and after a reset', () => {
    const usual = ids();
    expect(columns.areUsual).toBe(true);
    moveColumn(columns, 'data', 'before', 'time');
    resizeColumn(columns, 'type', 200);
    expect(columns.areUsual).toBe(false);
    columns.reset();
    expect(ids()).toEqual(usual);
    expect(column('type')?.width).not.toBe(200);
  });

  test('exclude the socket if all frames belong to one', () => {
    expect(columns.shown(true).map(({ id }) => id)).toEqual(ids().filter((id) => id !== 'socket'));
  });

  test('stay the same list until something changes, so that what is drawn from it can stay', () => {
    const [all, ofOne] = [columns.shown(false), columns.shown(true)];
    expect(columns.shown(false)).toBe(all);
    expect(columns.shown(true)).toBe(ofOne);
    resizeColumn(columns, 'type', 200);
    expect(columns.shown(false)).not.toBe(all);
    expect(columns.shown(true)).not.toBe(ofOne);
  });

  test('can be moved before and after each other', () => {
    moveColumn(columns, 'data', 'before', 'star');
    expect(ids()[0]).toBe('data');
    moveColumn(columns, 'data', 'behind', 'star');
    expect(ids().slice(0, 2)).toEqual(['star', 'data']);
    moveColumn(columns, 'data', 'behind', 'data');
    expect(ids().slice(0, 2)).toEqual(['star', 'data']);
  });

  test('can be hidden and shown, except the last one', () => {
    for (const id of ids()) showColumn(columns, id, false);
    expect(ids()).toHaveLength(1);
    showColumn(columns, 'length', true);
    expect(ids()).toContain('length');
  });

  test('stay within their bounds of width', () => {
    resizeColumn(columns, 'time', 3);
    expect(column('time')?.width).toBe(column('time')?.least);
    resizeColumn(columns, 'time', 1e9);
    expect(column('time')?.width).toBe(2000);
    resizeColumn(columns, 'time', 123.4);
    expect(column('time')?.width).toBe(123);
  });

  test('survive being stored', () => {
    moveColumn(columns, 'length', 'before', 'delta');
    showColumn(columns, 'delta', false);
    resizeColumn(columns, 'time', 150);
    const before = columns.all;
    const kept = columnChoices.read(JSON.parse(JSON.stringify(choices.value)));
    choices.value = kept ?? [];
    expect(columns.all).toEqual(before);
  });

  test('that are new since the settings were stored follow the one that they follow by default', () => {
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

test('columns after the one that takes the remaining width are resized at their start', () => {
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

  test('columns shrink to their minimum width, and one takes the rest', () => {
    resizeColumn(columns, 'type', 150);
    expect(track('type')).toBe('minmax(40px, 150px)');
    expect(track('data')).toMatch(/, 120px\), 1fr\)$/);
    showColumn(columns, 'data', false);
    expect(tracksOf(columns.shown(false))).toMatch(/ minmax\(0, 1fr\)$/);
  });

  test('times stay complete whatever happens to other columns, unless the user makes their own narrower', () => {
    moveColumn(columns, 'length', 'behind', 'data');
    showColumn(columns, 'note', true);
    expect(track('time')).toBe('minmax(92px, 92px)');
    resizeColumn(columns, 'time', 60);
    expect(track('time')).toBe('minmax(60px, 60px)');
  });

  test('a column gives way unless the user has shown or resized it', () => {
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

  test('columns stored before that was recorded give way', () => {
    expect(columnChoices.read([{ id: 'delta', width: 46, isShown: true }])).toEqual([
      { id: 'delta', width: 46, isShown: true, stays: false },
    ]);
  });
});
