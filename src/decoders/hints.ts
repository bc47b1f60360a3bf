import { decodeUtf8 } from './bytes/bytes.ts';
import { parseBase64 } from './bytes/parse.ts';

/** What a number or a string may stand for. */

/** Range of plausible timestamps, in ms since the epoch: from September 2001, when seconds first had ten digits, to 2100. */
const EARLIEST = 1_000_000_000_000;
const LATEST = 4_102_444_800_000;

/** The unit of a Unix time, by its number of digits. */
const UNITS: readonly { readonly digits: number; readonly perMs: number; readonly unit: TimeUnit }[] = [
  { digits: 10, perMs: 0.001, unit: 's' },
  { digits: 13, perMs: 1, unit: 'ms' },
  { digits: 16, perMs: 1000, unit: 'µs' },
  { digits: 19, perMs: 1_000_000, unit: 'ns' },
];

export type TimeUnit = 's' | 'ms' | 'µs' | 'ns';

export interface TimeHint {
  /** ms since the epoch */
  readonly time: number;
  readonly unit: TimeUnit;
}

/** The Unix time that a number may be, given as it is written in the source. */
export function timeHint(source: string): TimeHint | undefined {
  const whole = /^(\d+)(?:\.\d+)?$/.exec(source)?.[1];
  const unit = UNITS.find(({ digits }) => digits === whole?.length);
  if (!unit) return undefined;
  const time = Number(source) / unit.perMs;
  return time >= EARLIEST && time <= LATEST ? { time, unit: unit.unit } : undefined;
}

/** The time that a string in the format of RFC 3339 stands for, in ms since the epoch. */
export function dateHint(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)$/.test(text))
    return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

const TIME_NAME =
  /[Tt]ime|TIME|[Dd]ate|DATE|[Ss]tamp|[Ee]xpir|[Ss]ince|[Uu]ntil|(?:^|[_-])(?:ts|at|iat|exp|nbf)$|[a-z](?:At|Ts)$|^(?:t|T|TS|E)$/;

/** Whether a member's name says that its value is a point in time. */
export function isTimeName(name: string): boolean {
  return TIME_NAME.test(name);
}

/** Least length, in UTF-16 units: shorter texts are more often words than bytes. */
const LEAST_BASE64 = 16;
const MOST_BASE64 = 64 * 1024;

export interface Base64Hint {
  readonly bytes: Uint8Array;
  /** The bytes as UTF-8 text; undefined if they are not UTF-8. */
  readonly text: string | undefined;
}

/** The bytes that a string may encode as base64 (RFC 4648, either alphabet). */
export function base64Hint(text: string): Base64Hint | undefined {
  if (text.length < LEAST_BASE64 || text.length > MOST_BASE64) return undefined;
  // Words and hexadecimal numbers are valid base64 as well, so texts without digits, in one case only or without padding are not taken for it.
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(text) || /^[0-9a-f-]+$/i.test(text)) return undefined;
  if (!/[a-z]/.test(text) || !/[A-Z]/.test(text) || !/[0-9+/=]/.test(text)) return undefined;
  const parsed = parseBase64(text);
  if (!parsed.ok) return undefined;
  const { text: decoded, valid } = decodeUtf8(parsed.bytes);
  return { bytes: parsed.bytes, text: valid && isReadable(decoded) ? decoded : undefined };
}

function isReadable(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what tells bytes from text.
  return !/[\0-\x08\x0e-\x1f\x7f]/.test(text);
}
