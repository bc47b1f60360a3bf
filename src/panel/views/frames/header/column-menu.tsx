import type { JSX } from 'preact';
import { moveColumn, showColumn } from '../../../model/columns/column-changes.ts';
import type { Column } from '../../../model/columns/columns.ts';
import type { PanelModel } from '../../../model/panel-model.ts';
import type { ColumnId, TimeFormat } from '../../../settings/column-choices.ts';
import { SETTINGS } from '../../../settings/schema.ts';
import { type MessageKey, t } from '../../../words/i18n.ts';
import { useModel } from '../../context.ts';
import { Menu, type MenuEntry, type MenuPlace } from '../../controls/menu.tsx';
import { TIME_FORMATS } from './time-formats.ts';

interface ColumnMenuProps {
  /** The column on which the menu was opened. */
  readonly id: ColumnId;
  readonly place: MenuPlace;
  /** Those that are seen, in their order. */
  readonly shown: readonly Column[];
  readonly onFit: (id: ColumnId) => void;
  readonly onClose: () => void;
}

/** Commands for one column, and the choice of visible columns. */
export function ColumnMenu({ id, place, shown, onFit, onClose }: ColumnMenuProps): JSX.Element {
  const model = useModel();
  const { columns } = model;
  const { all } = columns;
  const at = shown.findIndex((column) => column.id === id);
  const column = shown[at];
  const before = shown[at - 1];
  const behind = shown[at + 1];
  const entries: MenuEntry[] = [
    ...(id === 'time' ? [...orderEntries(model), ...timeEntries(model)] : []),
    { type: 'heading', label: column ? t(column.label) : '' },
    {
      type: 'item',
      label: t('columnMoveLeft'),
      hint: 'Alt+←',
      disabled: !before,
      run: () => before && moveColumn(columns, id, 'before', before.id),
    },
    {
      type: 'item',
      label: t('columnMoveRight'),
      hint: 'Alt+→',
      disabled: !behind,
      run: () => behind && moveColumn(columns, id, 'behind', behind.id),
    },
    { type: 'item', label: t('columnFit'), disabled: column?.takesRest ?? true, run: () => onFit(id) },
    {
      type: 'item',
      label: t('columnHide'),
      hint: t('keyDelete'),
      disabled: all.filter(({ isShown }) => isShown).length < 2,
      run: () => showColumn(columns, id, false),
    },
    { type: 'heading', label: t('columns') },
    ...all.map(
      (one): MenuEntry => ({
        type: 'check',
        label: t(one.label),
        isChecked: one.isShown,
        toggle: () => showColumn(columns, one.id, !one.isShown),
      }),
    ),
    { type: 'item', label: t('columnsReset'), disabled: columns.areUsual, run: () => columns.reset() },
  ];
  return <Menu label={t('columnMenu')} entries={entries} place={place} onClose={onClose} />;
}

function orderEntries({ settings }: PanelModel): MenuEntry[] {
  const newestFirst = settings.of(SETTINGS.newestFirst);
  const orders = [
    [false, 'oldestFirst'],
    [true, 'newestFirst'],
  ] as const;
  return [
    { type: 'heading', label: t('listOrder') },
    ...orders.map(
      ([value, label]): MenuEntry => ({
        type: 'radio',
        label: t(label),
        isChosen: newestFirst.value === value,
        choose: () => {
          newestFirst.value = value;
        },
      }),
    ),
  ];
}

function timeEntries({ settings }: PanelModel): MenuEntry[] {
  const format = settings.of(SETTINGS.timeFormat);
  const formats = Object.entries(TIME_FORMATS) as [TimeFormat, MessageKey][];
  return [
    { type: 'heading', label: t('timeShown') },
    ...formats.map(
      ([name, label]): MenuEntry => ({
        type: 'radio',
        label: t(label),
        isChosen: format.value === name,
        choose: () => {
          format.value = name;
        },
      }),
    ),
  ];
}
