/** ms since the epoch; `to` is not part of it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** ms before the filter was set, both included. */
export interface Age {
  readonly least: number;
  readonly most: number;
}

const INFINITE = Number.POSITIVE_INFINITY;
const OPERATOR = /^(?:>=|<=|>|<|=|)/;
const DATE =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const AGE = /^-(\d+(?:\.\d+)?)(ms|s|m|h|d)$/i;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * A date, with a time of day or without: `2026-11-28`, `>2026-11-28T12:30`, `2026-11-28T12:00..2026-11-28T13:00`. It is local
 * unless it says otherwise. Undefined for anything else.
 */
export function parseDates(value: string): Span | undefined {
  const dots = value.indexOf('..');
  if (dots !== -1) {
    const first = dateSpan(value.slice(0, dots));
    const last = dateSpan(value.slice(dots + 2));
    return first && last && { from: first.from, to: last.to };
  }
  const operator = OPERATOR.exec(value)?.[0] ?? '';
  const span = dateSpan(value.slice(operator.length));
  return span && comparedSpan(operator, span);
}

/** Whole ms: a row's fraction of one belongs to the ms that is shown. */
function comparedSpan(operator: string, span: Span): Span {
  switch (operator) {
    case '>':
      return { from: span.from + 1, to: INFINITE };
    case '>=':
      return { from: span.from, to: INFINITE };
    case '<':
      return { from: -INFINITE, to: span.from };
    case '<=':
      return { from: -INFINITE, to: span.from + 1 };
    default:
      return span;
  }
}

/** From the moment at which the named time begins to the one at which the next one does. */
function dateSpan(text: string): Span | undefined {
  const [, year, month, day, hours, minutes, seconds, fraction = '', zone] = DATE.exec(text) ?? [];
  if (year === undefined || !isDate(Number(year), Number(month), Number(day))) return undefined;
  if (Number(hours ?? 0) > 23 || Number(minutes ?? 0) > 59 || Number(seconds ?? 0) > 59) return undefined;
  const ms = Number(fraction.padEnd(3, '0'));
  const at = (days: number) => {
    const parts = [Number(year), Number(month) - 1, Number(day) + days] as const;
    const time = [Number(hours ?? 0), Number(minutes ?? 0), Number(seconds ?? 0), ms] as const;
    if (zone === undefined) return new Date(...parts, ...time).getTime();
    return Date.UTC(...parts, ...time) - offsetOf(zone);
  };
  const from = at(0);
  if (hours === undefined) return { from, to: at(1) }; // a day need not have 24 hours
  const length = fraction !== '' ? 10 ** (3 - fraction.length) : seconds === undefined ? 60_000 : 1000;
  return { from, to: from + length };
}

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** ms east of UTC */
function offsetOf(zone: string): number {
  if (/z/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** A time before the filter was set: `-5m` and `>-5m` (since then), `<-1h` (before), `-10m..-5m`. Undefined for anything else. */
export function parseAges(value: string): Age | undefined {
  const dots = value.indexOf('..');
  if (dots !== -1) {
    const most = ageOf(value.slice(0, dots));
    const least = ageOf(value.slice(dots + 2));
    return most === undefined || least === undefined ? undefined : { least, most };
  }
  const operator = OPERATOR.exec(value)?.[0] ?? '';
  const age = ageOf(value.slice(operator.length));
  if (age === undefined || operator === '=') return undefined;
  return operator.startsWith('<') ? { least: age, most: INFINITE } : { least: -INFINITE, most: age };
}

function ageOf(text: string): number | undefined {
  const [, count, unit] = AGE.exec(text) ?? [];
  const factor = UNITS[unit?.toLowerCase() ?? ''];
  return count === undefined || factor === undefined ? undefined : Number(count) * factor;
}
