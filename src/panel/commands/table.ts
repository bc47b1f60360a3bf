import { HEARTBEATS } from '../../store/counts/type-keys.ts';
import { isDetailBelow } from '../model/detail/detail-place.ts';
import { listedRows } from '../model/frames/listed-rows.ts';
import { clearList } from '../model/undo/clearing.ts';
import { undoLast } from '../model/undo/undoing.ts';
import { SETTINGS } from '../settings/schema.ts';
import { hidesTypes } from '../settings/shown-types.ts';
import type { Command } from './command.ts';
import {
  byView,
  copies,
  hasFrame,
  hasMessage,
  hasReceived,
  onRow,
  opens,
  shows,
  showsItsSocket,
  switches,
  turnsTo,
  walks,
} from './command-kinds.ts';

const loadTypes = () => import('../model/types/choosing.ts');

/** All commands. Buttons, menus, keys and the palette have nothing else. */
export const COMMANDS = {
  palette: {
    label: 'openPalette',
    group: 'panel',
    chords: [{ key: 'k', mod: true }],
    worksInFields: true,
    ...opens('palette'),
  },
  keys: { label: 'openKeys', group: 'panel', chords: [{ key: '?' }], ...opens('keys') },
  settings: {
    label: 'openSettings',
    group: 'panel',
    chords: [{ key: ',', mod: true }],
    ...opens('settings'),
  },
  undo: {
    label: 'undo',
    group: 'panel',
    chords: [{ key: 'z', mod: true }],
    isEnabled: ({ undo }) => undo.offer.value !== undefined,
    run: undoLast,
  },
  pause: {
    label: 'pause',
    tip: 'pauseTip',
    group: 'panel',
    chords: [{ key: 'e', mod: true }],
    isOn: (model) => model.isPaused.value,
    run: (model) => model.setPaused(!model.isPaused.value),
  },
  clear: {
    label: 'clear',
    tip: 'clearTip',
    group: 'panel',
    chords: [{ key: 'l', mod: true }],
    run: clearList,
  },
  preserveLog: {
    label: 'preserveLog',
    tip: 'preserveLogTip',
    group: 'panel',
    ...switches(SETTINGS.preservesLog),
  },
  recordStacks: {
    label: 'recordStacks',
    tip: 'recordStacksTip',
    group: 'panel',
    ...switches(SETTINGS.recordsStacks),
  },
  reloadPage: { label: 'reloadPage', group: 'panel', run: ({ session }) => session.reloadPage() },
  focusFilter: { label: 'filterFrames', group: 'view', chords: [{ key: '/' }], ...byView('focus-filter') },
  find: {
    label: 'find',
    group: 'view',
    chords: [{ key: 'f', mod: true }],
    worksInFields: true,
    run: ({ findRequests }) => {
      findRequests.value++;
    },
  },
  findNext: {
    label: 'findNext',
    group: 'view',
    chords: [{ key: 'F3' }, { key: 'g', mod: true }],
    worksInFields: true,
    ...byView('find-next'),
  },
  findPrevious: {
    label: 'findPrevious',
    group: 'view',
    chords: [
      { key: 'F3', shift: true },
      { key: 'g', mod: true, shift: true },
    ],
    worksInFields: true,
    ...byView('find-previous'),
  },
  focusFrames: { label: 'goToFrames', group: 'view', chords: [{ key: 'f' }], ...byView('focus-frames') },
  focusSockets: { label: 'goToSockets', group: 'view', chords: [{ key: 's' }], ...byView('focus-sockets') },
  focusMessage: {
    label: 'goToMessage',
    group: 'view',
    chords: [{ key: 'm' }],
    run: ({ composer }) => {
      composer.focusRequests.value++;
    },
  },
  nextPane: walks(1, 'nextPane', { key: 'F6' }),
  previousPane: walks(-1, 'previousPane', { key: 'F6', shift: true }),
  showAllSockets: {
    label: 'showAllSocketsLong',
    group: 'view',
    isEnabled: ({ filter }) => filter.socket.value !== undefined,
    run: (model) => model.shownLine.showSocket(undefined),
  },
  showTimeline: {
    label: 'showTimeline',
    tip: 'showTimelineTip',
    group: 'view',
    ...switches(SETTINGS.showsTimeline),
  },
  newestFirst: { label: 'newestFirst', group: 'view', ...switches(SETTINGS.newestFirst) },
  detailBelow: {
    label: 'detailBelow',
    group: 'view',
    isOn: ({ settings }) => isDetailBelow(settings.of(SETTINGS.detailPlace).value),
    run: ({ settings }) => {
      const place = settings.of(SETTINGS.detailPlace);
      place.value = isDetailBelow(place.value) ? 'beside' : 'below';
    },
  },
  showAll: shows('all', 'showAllLong'),
  showSent: shows('sent', 'showSentLong'),
  showReceived: shows('received', 'showReceivedLong'),
  showEvents: shows('events', 'showEventsLong'),
  types: {
    label: 'openTypes',
    tip: 'typesTip',
    group: 'view',
    chords: [{ key: 't' }],
    ...byView('open-types'),
  },
  hideHeartbeats: {
    label: 'hideHeartbeats',
    tip: 'hideHeartbeatsTip',
    group: 'view',
    isOn: ({ settings }) => settings.of(SETTINGS.shownTypes).value.hidden.includes(HEARTBEATS),
    run: (model) => void loadTypes().then(({ toggleHeartbeats }) => toggleHeartbeats(model)),
  },
  showAllTypes: {
    label: 'showAllTypes',
    group: 'view',
    isEnabled: ({ settings }) => hidesTypes(settings.of(SETTINGS.shownTypes).value),
    run: (model) => void loadTypes().then(({ showAllTypes }) => showAllTypes(model)),
  },
  preview: turnsTo('preview', 'showPreview'),
  raw: turnsTo('raw', 'showRaw'),
  hex: turnsTo('hex', 'showHex'),
  diff: turnsTo('diff', 'showDiff'),
  info: turnsTo('info', 'showInfo'),
  selectAll: {
    label: 'selectAllFrames',
    group: 'list',
    chords: [{ key: 'a', mod: true }],
    keysIn: 'frames',
    run: (model) => model.selection.selectAll(listedRows(model), model.filter.view),
  },
  copySelected: {
    label: 'copySelected',
    group: 'list',
    chords: [{ key: 'c', mod: true }],
    keysIn: 'frames',
    isEnabled: ({ selection }) => !selection.isEmpty,
    run: (model) => void import('./frame-actions.ts').then(({ copySelected }) => copySelected(model)),
  },
  rowMenu: {
    label: 'openFrameMenu',
    group: 'list',
    chords: [{ key: 'ContextMenu' }, { key: 'F10', shift: true }],
    keysIn: 'frames',
    isEnabled: (model) => hasFrame(model) && model.viewActions.can('open-row-menu'),
    run: ({ viewActions }) => viewActions.do('open-row-menu'),
  },
  resend: {
    label: 'resend',
    tip: 'resendTip',
    group: 'frame',
    chords: [{ key: 'r', shift: true }],
    isEnabled: hasMessage,
    run: onRow(async (model, row) => (await import('../model/acting/actions.ts')).resend(model, row)),
  },
  injectAgain: {
    label: 'injectAgain',
    tip: 'injectAgainTip',
    group: 'frame',
    chords: [{ key: 'i', shift: true }],
    isEnabled: hasReceived,
    run: onRow(async (model, row) => (await import('../model/acting/actions.ts')).injectAgain(model, row)),
  },
  editAndResend: {
    label: 'editAndResend',
    tip: 'editAndResendTip',
    group: 'frame',
    chords: [{ key: 'e' }],
    isEnabled: hasMessage,
    run: onRow(async (model, row) => (await import('../model/acting/actions.ts')).editAndResend(model, row)),
  },
  star: {
    label: 'starFrames',
    group: 'frame',
    chords: [{ key: '*' }],
    isEnabled: hasFrame,
    run: (model) => void import('../model/frames/remarking.ts').then(({ toggleStars }) => toggleStars(model)),
  },
  note: {
    label: 'writeNote',
    group: 'frame',
    chords: [{ key: 'n' }],
    isEnabled: hasFrame,
    run: onRow(async (model, row) => (await import('../model/frames/remarking.ts')).editNote(model, row)),
  },
  hideType: {
    label: 'hideTypeOfFrame',
    group: 'frame',
    isEnabled: hasMessage,
    run: onRow(async (model, row) => (await loadTypes()).hideTypeOf(model, row)),
  },
  onlyType: {
    label: 'onlyTypeOfFrame',
    group: 'frame',
    isEnabled: hasMessage,
    run: onRow(async (model, row) => (await loadTypes()).showOnlyTypeOf(model, row)),
  },
  onlySocket: {
    label: 'onlySocketOfFrame',
    group: 'frame',
    ...showsItsSocket(),
  },
  savePayload: {
    label: 'savePayload',
    group: 'frame',
    isEnabled: hasMessage,
    run: onRow(async (model, row) => (await import('./frame-actions.ts')).savePayload(model, row)),
  },
  copyText: copies('text', 'copyText'),
  copyPrettyJson: copies('pretty-json', 'copyPrettyJson'),
  copyHex: copies('hex', 'copyHex'),
  copyBase64: copies('base64', 'copyBase64'),
  copyCArray: copies('c-array', 'copyCArray'),
  copyJsArray: copies('js-array', 'copyJsArray'),
  copyJavaScript: copies('javascript', 'copyJavaScript'),
  copyWebsocat: copies('websocat', 'copyWebsocat'),
  copyWscat: copies('wscat', 'copyWscat'),
  export: { label: 'export', tip: 'exportTip', group: 'files', ...byView('open-export-menu') },
  import: { label: 'import', tip: 'importTip', group: 'files', ...byView('choose-files') },
  cancelTransfer: {
    label: 'cancelTransfer',
    group: 'files',
    isEnabled: ({ transfers }) => transfers.state.value.type === 'running',
    run: ({ transfers }) => transfers.cancel(),
  },
} as const satisfies Record<string, Command>;

export type CommandId = keyof typeof COMMANDS;

export const ALL_COMMANDS: readonly (readonly [CommandId, Command])[] = Object.entries(COMMANDS) as [
  CommandId,
  Command,
][];
