import { fieldsOf, listOf, oneOf, orElse, truth, wholeNumberFrom } from './shapes.ts';

/** Columns of the frame list, in the order that they have until the user chooses another one. */
export const COLUMN_IDS = [
  'star',
  'time',
  'delta',
  'direction',
  'socket',
  'type',
  'length',
  'data',
  'latency',
  'note',
] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

/** How the user wants a column. */
export interface ColumnChoice {
  readonly id: ColumnId;
  /** px */
  readonly width: number;
  readonly isShown: boolean;
  /** Shown or resized by the user, and so kept where there is little room. */
  readonly stays: boolean;
}

/** px */
export const MOST_WIDE = 2000;

/** The columns in the order that the user wants; an empty list is the usual one. */
export const columnChoices = listOf<ColumnChoice>(
  fieldsOf<ColumnChoice>({
    id: oneOf(...COLUMN_IDS),
    width: wholeNumberFrom(0, MOST_WIDE),
    isShown: truth,
    stays: orElse(truth, false),
  }),
);

/** What the time column says: the time of day, or ms since the first frame of all, or since the row before. */
export const timeFormat = oneOf('clock', 'since-first', 'since-shown');
export type TimeFormat = 'clock' | 'since-first' | 'since-shown';
