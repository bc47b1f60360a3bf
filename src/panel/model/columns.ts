import type { Signal } from '@preact/signals';
import { COLUMN_IDS, type ColumnChoice, type ColumnId } from '../settings/column-choices.ts';
import type { MessageKey } from '../words/i18n.ts';

/** What is always true of a column. What its cells say stands in `views/frames/cells.tsx`, and for files in `csv-cells.ts`. */
interface ColumnKind {
  readonly label: MessageKey;
  /** The header has no room for the label, which is then for assistive technology alone. */
  readonly isBare?: boolean;
  /** px until the user chooses */
  readonly width: number;
  /** px */
  readonly least: number;
  /** Until the user chooses. */
  readonly isShown: boolean;
  /** Takes what the others leave. */
  readonly takesRest?: boolean;
  /** Gives way where the list is narrow, until the user chooses: first or next. */
  readonly givesWay?: 'first' | 'next';
  /** px below which it does not shrink, until the user chooses: what stands in it is of one width. */
  readonly usualLeast?: number;
}

const KINDS: Readonly<Record<ColumnId, ColumnKind>> = {
  star: { label: 'columnStar', isBare: true, width: 18, least: 18, isShown: true, givesWay: 'next' },
  time: { label: 'columnTime', width: 92, least: 40, isShown: true, usualLeast: 92 },
  delta: { label: 'columnDelta', width: 46, least: 28, isShown: true, givesWay: 'first' },
  direction: { label: 'columnDirection', isBare: true, width: 24, least: 20, isShown: true },
  socket: { label: 'columnSocket', width: 104, least: 40, isShown: true, givesWay: 'first' },
  type: { label: 'columnType', width: 84, least: 40, isShown: true },
  length: { label: 'columnLength', width: 64, least: 44, isShown: true, givesWay: 'next' },
  data: { label: 'columnData', width: 400, least: 120, isShown: true, takesRest: true },
  latency: { label: 'columnLatency', width: 70, least: 44, isShown: false },
  note: { label: 'columnNote', width: 140, least: 60, isShown: false },
};

export function columnLabel(id: ColumnId): MessageKey {
  return KINDS[id].label;
}

/** A column as it is now. */
export interface Column extends ColumnKind, ColumnChoice {
  readonly width: number;
  readonly isShown: boolean;
}

/** The columns of the frame list: which there are, in which order and how wide, as the user has chosen. */
export class Columns {
  constructor(private readonly choices: Signal<readonly ColumnChoice[]>) {}

  /** In their order, those that are hidden included. */
  get all(): readonly Column[] {
    const chosen = new Map(this.choices.value.map((choice) => [choice.id, choice]));
    const ids = [...chosen.keys()];
    // A column that is newer than what the user has chosen stands behind the one that it usually follows.
    COLUMN_IDS.forEach((id, index) => {
      if (!chosen.has(id)) ids.splice(index === 0 ? 0 : ids.indexOf(COLUMN_IDS[index - 1] ?? id) + 1, 0, id);
    });
    return ids.map((id) => ({ ...KINDS[id], id, ...chosen.get(id) }));
  }

  /** Those that are seen. Where all frames are of one socket, its column would say the same in each row. */
  shown(ofOneSocket: boolean): readonly Column[] {
    return this.all.filter(({ id, isShown }) => isShown && !(ofOneSocket && id === 'socket'));
  }

  isShown(id: ColumnId): boolean {
    return this.all.some((column) => column.id === id && column.isShown);
  }

  /** True until the user chooses. */
  get areUsual(): boolean {
    return this.choices.value.length === 0;
  }

  /** As they are until the user chooses. */
  reset(): void {
    this.choices.value = [];
  }

  /** Takes an order, widths and what is shown from the user. */
  choose(columns: readonly Column[]): void {
    this.choices.value = columns.map(({ id, width, isShown }) => ({ id, width, isShown }));
  }
}

/** Set by the style sheet where there is no room for them. */
const GIVEN_WAY = { first: '--given-way', next: '--given-way-next' } as const;

/** The columns as tracks of a grid. Where they have too little room all become narrower, down to their least width. */
export function tracksOf(columns: readonly Column[], areUsual: boolean): string {
  const tracks = columns.map(({ takesRest, givesWay, usualLeast, ...column }) => {
    const { width } = column;
    const least = areUsual ? (usualLeast ?? column.least) : column.least;
    if (takesRest) return `minmax(${least}px, 1fr)`;
    const track = `minmax(${Math.min(least, width)}px, ${width}px)`;
    return givesWay && areUsual ? `var(${GIVEN_WAY[givesWay]}, ${track})` : track;
  });
  const hasRest = columns.some(({ takesRest }) => takesRest);
  return (hasRest ? tracks : [...tracks, 'minmax(0, 1fr)']).join(' ');
}
