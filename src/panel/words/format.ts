import { locale, type MessageKey, t } from './i18n.ts';

const pad = (value: number, digits = 2) => String(value).padStart(digits, '0');

const MINUTE = 60_000;
/** The minute that was told last: that of the next row is mostly the same. */
let told = { minute: Number.NaN, date: '', clock: '' };

function minuteOf(time: number): typeof told {
  const minute = Math.floor(time / MINUTE);
  if (minute === told.minute) return told;
  const at = new Date(time);
  const date = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  told = { minute, date, clock: `${pad(at.getHours())}:${pad(at.getMinutes())}` };
  return told;
}

/** Local time of day of ms since the epoch: `12:30:05.123`. */
export function timeOfDay(time: number): string {
  const { minute, clock } = minuteOf(time);
  const ms = Math.floor(time) - minute * MINUTE;
  return `${clock}:${pad(Math.floor(ms / 1000))}.${pad(ms % 1000, 3)}`;
}

/** Local date and time of day with milliseconds. */
export function dateAndTime(time: number): string {
  return `${minuteOf(time).date} ${timeOfDay(time)}`;
}

/** Local time of day, with the date where that is another one than now. */
export function timeAndOtherDate(time: number, now = Date.now()): string {
  return isSameDay(time, now) ? timeOfDay(time) : dateAndTime(time);
}

/** Whether two times have the same local date. */
export function isSameDay(one: number, other: number): boolean {
  return minuteOf(one).date === minuteOf(other).date;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes with a decimal unit: `119 B`, `18.4 kB`, `128 MB`. */
export function byteCount(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${number(value, digits)} ${UNITS[unit]}`;
}

/** Bytes as {@link byteCount} rounds them, with the exact number where that differs: `18.4 kB (18,402 B)`. */
export function exactBytes(bytes: number): string {
  return bytes < 1000 ? byteCount(bytes) : `${byteCount(bytes)} (${wholeNumber(bytes)} B)`;
}

/** A whole number with the locale's separators. */
export function wholeNumber(value: number): string {
  return number(value, 0);
}

/** One text for a single one, another for any other number, which is its `$1`. */
export function counted(count: number, one: MessageKey, several: MessageKey): string {
  return count === 1 ? t(one) : t(several, wholeNumber(count));
}

/** An amount each second: `4,100`, `12`, `0.4`. */
export function rateNumber(value: number): string {
  return number(value, value >= 10 || Number.isInteger(value) ? 0 : 1);
}

/** ms as `12 ms`, `4.1 s`, `3 min 20 s`; what is rounded up to a larger unit is told in that one. */
export function duration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${number(ms / 1000, 1)} s`;
  const whole = Math.max(60, Math.floor(ms / 1000));
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** ms as seconds to the millisecond: `0.012 s`, `3,725.120 s`. */
export function seconds(ms: number): string {
  return `${number(ms / 1000, 3)} s`;
}

/** ms to the millisecond: `4,012 ms`. */
export function milliseconds(ms: number): string {
  return `${number(ms, 0)} ms`;
}

/** ms as {@link duration}, to a tenth below ten: `0.4 ms`, `18 ms`, `4.1 s`. */
export function shortDuration(ms: number): string {
  return ms < 9.95 ? `${number(ms, 1)} ms` : duration(ms);
}

const formats = new Map<string, Intl.NumberFormat>();

function number(value: number, digits: number): string {
  // The first format of all takes the browser longer than anything else in the panel's first picture, whose numbers are small.
  if (digits === 0 && value >= 0 && value < 1000 && Number.isInteger(value)) return String(value);
  const key = `${locale()}:${digits}`;
  const format =
    formats.get(key) ??
    new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits });
  formats.set(key, format);
  return format.format(value);
}

/** What tells one socket from another. */
export interface UrlParts {
  readonly path: string;
  readonly host: string;
}

/** Those of the last few addresses: each row in sight asks for one. */
const parts = new Map<string, UrlParts>();
const MOST_PARTS = 200;

/** `wss://host:1/a/b?c` in the parts by which people tell sockets apart. */
export function urlParts(url: string): UrlParts {
  const known = parts.get(url);
  if (known) return known;
  if (parts.size >= MOST_PARTS) parts.clear();
  const read = readUrl(url);
  parts.set(url, read);
  return read;
}

function readUrl(url: string): UrlParts {
  try {
    const { pathname, search, host } = new URL(url);
    return { path: `${pathname}${search}`, host };
  } catch {
    return { path: url, host: '' };
  }
}
