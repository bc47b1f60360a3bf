import type { Signal } from '@preact/signals';
import { COLUMN_IDS, type ColumnChoice, type ColumnId } from '../../settings/column-choices.ts';
import type { MessageKey } from '../../words/i18n.ts';

/** The constant properties of a column. The contents of its cells come from `views/frames/cells/cells.ts`, those in files from `csv-cells.ts`. */
interface ColumnKind {
  readonly label: MessageKey;
  /** The header has no room for the label, which only assistive technology gets then. */
  readonly isBare?: boolean;
  /** Width in px until the user changes it. */
  readonly width: number;
  /** px */
  readonly least: number;
  /** Until the user chooses. */
  readonly isShown: boolean;
  /** Takes the width that the others leave. */
  readonly takesRest?: boolean;
  /** Hidden in a narrow list until the user decides otherwise: first, or next. */
  readonly givesWay?: 'first' | 'next';
  /** Width in px below which it does not shrink until the user decides otherwise, because its contents all have the same width. */
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

/** A column in its current state. */
export interface Column extends ColumnKind, ColumnChoice {
  readonly width: number;
  readonly isShown: boolean;
}

/** The columns of the frame list, in the order and with the widths that the user has chosen. */
export class Columns {
  constructor(private readonly choices: Signal<readonly ColumnChoice[]>) {}

  /** All columns in order, including hidden ones. */
  get all(): readonly Column[] {
    const chosen = new Map(this.choices.value.map((choice) => [choice.id, choice]));
    const ids = [...chosen.keys()];
    // A column that did not exist when the user chose comes after the one that it follows by default.
    COLUMN_IDS.forEach((id, index) => {
      if (!chosen.has(id)) ids.splice(index === 0 ? 0 : ids.indexOf(COLUMN_IDS[index - 1] ?? id) + 1, 0, id);
    });
    return ids.map((id) => ({ ...KINDS[id], id, ...chosen.get(id) }));
  }

  /** The visible columns. If all frames belong to one socket, the socket's column would say the same in every row. */
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

  /** Back to the defaults. */
  reset(): void {
    this.choices.value = [];
  }

  /** Takes an order, widths and what is shown from the user. */
  choose(columns: readonly Column[]): void {
    this.choices.value = columns.map(({ id, width, isShown }) => ({ id, width, isShown }));
  }
}

/** Set by the style sheet if there is no room for them. */
const GIVEN_WAY = { first: '--given-way', next: '--given-way-next' } as const;

/** The columns as tracks of a grid. If there is too little room, all become narrower, down to their least width. */
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
