import { LIMIT_RANGES, type Limits, STANDARD_LIMITS } from '../session/recording/limits.ts';
import { endpointReadings } from './bytes-readings.ts';
import { columnChoices, timeFormat } from './column-choices.ts';
import type { SavedFilter } from './named-filters.ts';
import { anyText, fieldsOf, listOf, oneOf, type Shape, someText, truth, wholeNumberFrom } from './shapes.ts';
import { ALL_TYPES, shownTypes } from './shown-types.ts';
import { SOCKET_ORDERS, socketMarks } from './socket-marks.ts';

/** One thing that people choose or make, kept from one DevTools session to the next. */
export interface Setting<Value> {
  /** Its name in storage and in settings files; never changes. */
  readonly key: string;
  readonly shape: Shape<Value>;
  /** What holds until the user chooses. */
  readonly usual: Value;
  /** Work that people have done (saved filters, saved messages): it is exported, and no reset takes it away. */
  readonly isWork: boolean;
  /** A list to which people add in any of the panels that are open: each takes over what another one has stored, instead of overwriting it. */
  readonly isJoint: boolean;
}

const limit = (name: keyof Limits) => wholeNumberFrom(LIMIT_RANGES[name].least, LIMIT_RANGES[name].most);

/** A message that the user has saved under a name; the folder may be none (`''`). */
export interface SavedMessage {
  readonly folder: string;
  readonly name: string;
  readonly text: string;
  readonly format: 'text' | 'json' | 'base64' | 'hex';
}

const savedMessage = fieldsOf<SavedMessage>({
  folder: anyText,
  name: anyText,
  text: anyText,
  format: oneOf('text', 'json', 'base64', 'hex'),
});

/** How bytes are written in the Raw tab. */
export type BytesForm = 'base64' | 'utf8' | 'hex';

/** Where a frame's detail stands; by itself it is where there is room for it. */
export type DetailPlace = 'auto' | 'beside' | 'below';

/** px */
export const PANE_SIZES = { least: 64, most: 4000 } as const;
const paneSize = wholeNumberFrom(PANE_SIZES.least, PANE_SIZES.most);

/**
 * Everything that people can set. A line here is enough for a setting to be kept (`model.settings.of(SETTINGS.wrapsRaw)` is its
 * signal), to be exported and imported, and to be reset.
 */
export const SETTINGS = {
  limits: choice(
    'limits',
    fieldsOf<Limits>({ bytes: limit('bytes'), disk: limit('disk'), rows: limit('rows') }),
    STANDARD_LIMITS,
  ),
  recordsStacks: choice('records-stacks', truth, true),
  preservesLog: choice('preserve-log', truth, false),
  theme: choice('theme', oneOf('auto', 'light', 'dark'), 'auto'),
  showsTimeline: choice('shows-timeline', truth, true),
  composerFormat: choice('composer-format', oneOf('text', 'json', 'base64', 'hex'), 'text'),
  /** Whether `{{uuid}}` and the like are filled in. */
  usesTemplates: choice('composer-templates', truth, false),
  savedMessages: work('saved-messages', listOf(savedMessage), []),
  wrapsRaw: choice('raw-wraps', truth, true),
  laysOutRaw: choice('raw-pretty', truth, false),
  bytesInRaw: choice<BytesForm>('raw-bytes', oneOf('base64', 'utf8', 'hex'), 'base64'),
  /** Of endpoints whose binary messages are not to be read as what they look like. */
  readings: joint(choice('readings', endpointReadings, [])),
  readsBigEndian: choice('big-endian', truth, false),
  socketOrder: choice('socket-order', oneOf(...SOCKET_ORDERS), 'opened'),
  socketMarks: joint(choice('socket-marks', socketMarks, [])),
  savedFilters: work('saved-filters', listOf(fieldsOf<SavedFilter>({ name: someText, text: someText })), []),
  /** Message types that are not shown, or that alone are: keys of `store/counts/type-keys.ts`. */
  shownTypes: choice('shown-types', shownTypes, ALL_TYPES),
  /** Name of the JSON member that names a message's type; empty where it is to be found. */
  typeField: choice('type-field', anyText, ''),
  columns: choice('columns', columnChoices, []),
  timeFormat: choice('time-format', timeFormat, 'clock'),
  newestFirst: choice('newest-first', truth, false),
  detailPlace: choice('detail-place', oneOf('auto', 'beside', 'below'), 'auto'),
  /** px; those that end in `-height` and `-width` hold where the panes stand the other way round. */
  paneSizes: choice(
    'pane-sizes',
    fieldsOf({
      sockets: paneSize,
      'sockets-height': paneSize,
      side: paneSize,
      'side-height': paneSize,
      composer: paneSize,
      'composer-width': paneSize,
    }),
    {
      sockets: 280,
      'sockets-height': 120,
      side: 428,
      'side-height': 260,
      composer: 204,
      'composer-width': 380,
    },
  ),
} as const;

/** All settings, whatever their values are. */
export const ALL_SETTINGS: readonly Setting<unknown>[] = Object.values(SETTINGS);

/** A choice of how the panel looks and works. */
export function choice<Value>(key: string, shape: Shape<Value>, usual: Value): Setting<Value> {
  return { key, shape, usual, isWork: false, isJoint: false };
}

/** Something that people have made with work. */
export function work<Value>(key: string, shape: Shape<Value>, usual: Value): Setting<Value> {
  return { key, shape, usual, isWork: true, isJoint: true };
}

function joint<Value>(setting: Setting<Value>): Setting<Value> {
  return { ...setting, isJoint: true };
}
