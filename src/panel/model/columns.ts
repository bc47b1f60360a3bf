import type { Signal } from '@preact/signals';
import type { MessageKey } from '../i18n.ts';
import { COLUMN_IDS, type ColumnChoice, type ColumnId, MOST_WIDE } from '../settings/column-choices.ts';

/** What is always true of a column. What its cells say stands in `views/frames/cells.tsx`, and for files in `csv-cells.ts`. */
interface ColumnKind {
  readonly label: MessageKey;
  /** The header has no room for the label, which is then for assistive technology alone. */
  readonly isBare?: boolean;
  /** px until a person chooses */
  readonly width: number;
  /** px */
  readonly least: number;
  /** Until a person chooses. */
  readonly isShown: boolean;
  /** Takes what the others leave. */
  readonly takesRest?: boolean;
  /** Gives way where the panel is narrow, until a person chooses. */
  readonly givesWay?: boolean;
}

const KINDS: Readonly<Record<ColumnId, ColumnKind>> = {
  star: { label: 'columnStar', isBare: true, width: 18, least: 18, isShown: true },
  time: { label: 'columnTime', width: 92, least: 40, isShown: true },
  delta: { label: 'columnDelta', width: 46, least: 28, isShown: true, givesWay: true },
  direction: { label: 'columnDirection', isBare: true, width: 24, least: 20, isShown: true },
  socket: { label: 'columnSocket', width: 104, least: 40, isShown: true, givesWay: true },
  type: { label: 'columnType', width: 84, least: 40, isShown: true },
  length: { label: 'columnLength', width: 64, least: 44, isShown: true },
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

/** The columns of the frame list: which there are, in which order and how wide, as a person has chosen. */
export class Columns {
  constructor(private readonly choices: Signal<readonly ColumnChoice[]>) {}

  /** In their order, those that are hidden included. */
  get all(): readonly Column[] {
    const chosen = new Map(this.choices.value.map((choice) => [choice.id, choice]));
    const ids = [...chosen.keys()];
    // A column that is newer than what a person has chosen stands behind the one that it usually follows.
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

  /** True until a person chooses. */
  get areUsual(): boolean {
    return this.choices.value.length === 0;
  }

  /** @param width px; brought within the column's bounds */
  resize(id: ColumnId, width: number): void {
    const wanted = Math.round(Math.min(MOST_WIDE, Math.max(KINDS[id].least, width)));
    this.change(id, { width: wanted });
  }

  /** Shows or hides a column; the last one stays. */
  show(id: ColumnId, isShown: boolean): void {
    const others = this.all.some((column) => column.isShown && column.id !== id);
    if (isShown || others) this.change(id, { isShown });
  }

  /** Puts a column right before another one, or right behind it. */
  move(id: ColumnId, place: 'before' | 'behind', other: ColumnId): void {
    if (id === other) return;
    const { all } = this;
    const moved = all.find((column) => column.id === id);
    const rest = all.filter((column) => column.id !== id);
    const at = rest.findIndex((column) => column.id === other) + (place === 'behind' ? 1 : 0);
    if (moved) this.choose([...rest.slice(0, at), moved, ...rest.slice(at)]);
  }

  /** As they are until a person chooses. */
  reset(): void {
    this.choices.value = [];
  }

  private change(id: ColumnId, change: Partial<Column>): void {
    this.choose(this.all.map((column) => (column.id === id ? { ...column, ...change } : column)));
  }

  private choose(columns: readonly Column[]): void {
    this.choices.value = columns.map(({ id, width, isShown }) => ({ id, width, isShown }));
  }
}

/** The edge by which a column is made wider: what takes the rest pushes those behind it to the far end. */
export type Edge = 'start' | 'end';

/** @returns undefined for the column that takes what the others leave */
export function edgeOf(columns: readonly Column[], column: Column): Edge | undefined {
  if (column.takesRest) return undefined;
  const rest = columns.findIndex(({ takesRest }) => takesRest);
  return rest >= 0 && columns.indexOf(column) > rest ? 'start' : 'end';
}

/** The columns as tracks of a grid. Where they have too little room all become narrower, down to their least width. */
export function tracksOf(columns: readonly Column[], areUsual: boolean): string {
  const tracks = columns.map(({ least, width, takesRest, givesWay }) => {
    if (takesRest) return `minmax(${least}px, 1fr)`;
    const track = `minmax(${Math.min(least, width)}px, ${width}px)`;
    return givesWay && areUsual ? `var(--given-way, ${track})` : track;
  });
  const hasRest = columns.some(({ takesRest }) => takesRest);
  return (hasRest ? tracks : [...tracks, 'minmax(0, 1fr)']).join(' ');
}
