import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ExportScope } from '../../model/files/export-rows.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../model/files/export-writers.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import { saveFile } from '../../platform/save-file.ts';
import { wholeNumber } from '../../words/format.ts';
import { type MessageKey, t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { Menu, type MenuEntry, type MenuPlace } from '../controls/menu.tsx';

interface ExportMenuProps {
  readonly place: MenuPlace;
  readonly onClose: () => void;
}

/** What is exported, and in which format. */
export function ExportMenu({ place, onClose }: ExportMenuProps): JSX.Element {
  const model = useModel();
  const [scopes] = useState(() => scopesOf(model));
  const [scope, setScope] = useState<ExportScope>(
    () => scopes.find(({ isLikely }) => isLikely)?.scope ?? 'all',
  );
  const entries: MenuEntry[] = [
    { type: 'heading', label: t('exportScope') },
    ...scopes.map(
      (each): MenuEntry => ({
        type: 'radio',
        label: t(each.label, countText(each)),
        isChosen: each.scope === scope,
        disabled: each.rows === 0,
        choose: () => setScope(each.scope),
      }),
    ),
    { type: 'heading', label: t('exportFormat') },
    ...EXPORT_FORMATS.map(
      (format): MenuEntry => ({
        type: 'item',
        label: t(FORMATS[format].label),
        hint: t(FORMATS[format].hint),
        run: () => void model.transfers.export(format, scope, saveFile),
      }),
    ),
  ];
  return <Menu label={t('export')} entries={entries} place={place} onClose={onClose} />;
}

const FORMATS: Readonly<Record<ExportFormat, { readonly label: MessageKey; readonly hint: MessageKey }>> = {
  har: { label: 'formatHar', hint: 'formatHarHint' },
  ndjson: { label: 'formatNdjson', hint: 'formatNdjsonHint' },
  csv: { label: 'formatCsv', hint: 'formatCsvHint' },
};

interface ScopeChoice {
  readonly scope: ExportScope;
  readonly label: MessageKey;
  readonly rows: number;
  /** Those of the rows that stand for frames which are not there. */
  readonly gaps: number;
  /** It is what somebody has narrowed the list down to, and so what is meant to be exported. */
  readonly isLikely: boolean;
}

function scopesOf({ selection, filter, store }: PanelModel): ScopeChoice[] {
  const { view, isActive } = filter;
  const gaps = [...store.gapRows()];
  const shown = gaps.filter((row) => view.rowAt(view.indexOf(row)) === row);
  const selected = shown.filter((row) => selection.has(row));
  const count = selection.count(view);
  const total = store.endRow - store.firstRow;
  return [
    {
      scope: 'selection',
      label: 'scopeSelection',
      rows: count,
      gaps: selected.length,
      isLikely: count > 1, // a single one is being looked at
    },
    {
      scope: 'filter',
      label: 'scopeFilter',
      rows: view.length,
      gaps: shown.length,
      isLikely: isActive && view.length > 0,
    },
    { scope: 'all', label: 'scopeAll', rows: total, gaps: gaps.length, isLikely: true },
  ];
}

/** Frames, and gaps apart from them, as the notice at the end of the export counts them. */
function countText({ rows, gaps }: ScopeChoice): string {
  const frames = wholeNumber(rows - gaps);
  return gaps > 0 ? t('scopeWithGaps', frames, wholeNumber(gaps)) : frames;
}
