import { computed, type Signal } from '@preact/signals';
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
  /** Hidden in a narrow list unless the user has shown or resized it: first, or next. */
  readonly givesWay?: 'first' | 'next';
  /** Width in px below which the user alone makes it, because its contents all have the same width. */
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
  private readonly inOrder = computed(() => columnsOf(this.choices.value));
  private readonly visible = computed(() => this.all.filter(({ isShown }) => isShown));
  private readonly visibleOfOneSocket = computed(() =>
    this.visible.value.filter(({ id }) => id !== 'socket'),
  );

  constructor(private readonly choices: Signal<readonly ColumnChoice[]>) {}

  /** All columns in order, including hidden ones. */
  get all(): readonly Column[] {
    return this.inOrder.value;
  }

  /**
   * The visible columns. If all frames belong to one socket, the socket's column would say the same in every row.
   * @returns the same list until the user changes something: what is drawn from it stays as it is
   */
  shown(ofOneSocket: boolean): readonly Column[] {
    return ofOneSocket ? this.visibleOfOneSocket.value : this.visible.value;
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
    this.choices.value = columns.map(({ id, width, isShown, stays }) => ({ id, width, isShown, stays }));
  }
}

function columnsOf(choices: readonly ColumnChoice[]): readonly Column[] {
  const chosen = new Map(choices.map((choice) => [choice.id, choice]));
  const ids = [...chosen.keys()];
  // A column that did not exist when the user chose comes after the one that it follows by default.
  COLUMN_IDS.forEach((id, index) => {
    if (!chosen.has(id)) ids.splice(index === 0 ? 0 : ids.indexOf(COLUMN_IDS[index - 1] ?? id) + 1, 0, id);
  });
  return ids.map((id) => ({ ...KINDS[id], stays: false, id, ...chosen.get(id) }));
}

/** Set by the style sheet if there is no room for them. */
const GIVEN_WAY = { first: '--given-way', next: '--given-way-next' } as const;
/** px that the column that takes the rest keeps where the others need more than there is */
const LEAST_REST = 60;

/** The columns as tracks of a grid. If there is too little room, all become narrower, down to their least width. */
export function tracksOf(columns: readonly Column[]): string {
  const others = columns
    .filter(({ takesRest }) => !takesRest)
    .map((column) => unless(column, `${leastOf(column)}px`));
  const room = ['100%', ...others].join(' - ');
  const tracks = columns.map((column) => {
    if (column.takesRest) return `minmax(clamp(${LEAST_REST}px, ${room}, ${column.least}px), 1fr)`;
    return unless(column, `minmax(${leastOf(column)}px, ${column.width}px)`);
  });
  return (others.length < columns.length ? tracks : [...tracks, 'minmax(0, 1fr)']).join(' ');
}

/** Classes of the list for the style sheet: which columns give way where there is little room. */
export function yieldingClasses(columns: readonly Column[]): string {
  return columns.map((column) => (yields(column) ? ` yields-${column.id}` : '')).join('');
}

function yields({ givesWay, stays }: Column): boolean {
  return givesWay !== undefined && !stays;
}

function leastOf({ usualLeast, least, width }: Column): number {
  return Math.min(usualLeast ?? least, width);
}

/** A length, or none where the column gives way. */
function unless(column: Column, length: string): string {
  return column.givesWay && yields(column) ? `var(${GIVEN_WAY[column.givesWay]}, ${length})` : length;
}
