import { toHex } from '../../../decoders/bytes/bytes.ts';
import type { RecordedFrame } from '../../../formats/recording.ts';
import type { FrameStore } from '../../../store/frame-store.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import type { ColumnId, TimeFormat } from '../../settings/column-choices.ts';
import { describeEvent } from '../../words/events.ts';
import { dateAndTime, urlParts } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { directionName, typeName } from '../../words/words.ts';
import { columnLabel } from '../columns/columns.ts';
import { isMessage } from '../frames/frame-kinds.ts';

/** What a line of a CSV file is made of. */
interface CsvLine {
  readonly row: number;
  readonly frame: RecordedFrame;
  /** ms since the epoch of the line above */
  readonly before: number | undefined;
  readonly store: FrameStore;
  readonly socket: PanelSocket | undefined;
  readonly timeFormat: TimeFormat;
  /** ms */
  readonly latency: (row: number) => number | undefined;
}

/** The content of each column in a file: numbers without separators and units, whole payloads. */
export const CSV_CELLS: Readonly<Record<ColumnId, (line: CsvLine) => string>> = {
  star: ({ frame }) => (frame.remark?.isStarred ? '★' : ''),
  time: (line) => time(line),
  delta: (line) => sinceBefore(line),
  direction: ({ frame }) => directionName(frame.kind),
  socket: ({ socket }) => {
    const url = socket && urlParts(socket.record.url);
    return url ? `${url.host}${url.path}` : '';
  },
  type: ({ frame }) => typeName(frame.kind),
  length: ({ frame }) => (isMessage(frame.kind) ? String(frame.size) : ''),
  data: ({ row, frame: { kind, payload }, store, socket }) => {
    if (typeof payload === 'string') return payload;
    if (payload) return toHex(payload);
    return isMessage(kind) ? t('payloadNotThere') : describeEvent(store, row, socket);
  },
  latency: ({ row, latency }) => latency(row)?.toFixed(2) ?? '',
  note: ({ frame }) => frame.remark?.note ?? '',
};

const TIME_UNITS: Readonly<Record<TimeFormat, string>> = {
  clock: '',
  'since-first': ' (s)',
  'since-shown': ' (ms)',
};

/** The heading of a column. */
export function csvName(id: ColumnId, timeFormat: TimeFormat): string {
  const unit = id === 'latency' ? ' (ms)' : id === 'time' ? TIME_UNITS[timeFormat] : '';
  return t(columnLabel(id)) + unit;
}

function time(line: CsvLine): string {
  const { frame, store, timeFormat } = line;
  switch (timeFormat) {
    case 'clock':
      return dateAndTime(frame.time);
    case 'since-first':
      return ((frame.time - (store.startTime ?? frame.time)) / 1000).toFixed(3);
    case 'since-shown':
      return sinceBefore(line);
  }
}

function sinceBefore({ frame, before }: CsvLine): string {
  return before === undefined ? '' : String(Math.max(0, Math.round(frame.time - before)));
}
