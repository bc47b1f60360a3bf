/** Bytes, both ends included. */
export interface LengthRange {
  readonly min: number;
  readonly max: number;
}

const SIZE = '(\\d+(?:\\.\\d+)?)([a-z]*)';
const COMPARED = new RegExp(`^(>=|<=|>|<|=|)${SIZE}$`, 'i');
const RANGE = new RegExp(`^(?:${SIZE})?\\.\\.(?:${SIZE})?$`, 'i');

/** SI prefixes count in thousands and IEC ones in 1024, as DevTools and browsers show sizes. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['b', 1],
  ['k', 1e3],
  ['kb', 1e3],
  ['m', 1e6],
  ['mb', 1e6],
  ['g', 1e9],
  ['gb', 1e9],
  ['ki', 1024],
  ['kib', 1024],
  ['mi', 1024 ** 2],
  ['mib', 1024 ** 2],
  ['gi', 1024 ** 3],
  ['gib', 1024 ** 3],
]);

/** `>1k`, `<=2.5MB`, `=12`, `12`, `10..200`, `10..`, `..1KiB`; `undefined` for anything else. */
export function parseLength(value: string): LengthRange | undefined {
  const compared = COMPARED.exec(value);
  if (compared !== null) return comparedRange(compared[1], sizeOf(compared[2], compared[3]));
  const range = RANGE.exec(value);
  if (range === null || value === '..') return undefined;
  const from = range[1] === undefined ? 0 : sizeOf(range[1], range[2]);
  const to = range[3] === undefined ? Number.POSITIVE_INFINITY : sizeOf(range[3], range[4]);
  return from === undefined || to === undefined ? undefined : { min: Math.ceil(from), max: Math.floor(to) };
}

function sizeOf(digits: string | undefined, unit: string | undefined): number | undefined {
  const factor = UNITS.get((unit ?? '').toLowerCase());
  // `1.005 * 1e3` and its like miss the whole number by a hair: a millionth of a byte is none.
  return factor === undefined ? undefined : Math.round(Number(digits) * factor * 1e6) / 1e6;
}

/** Lengths are whole numbers, so every comparison is a closed range of them. */
function comparedRange(operator: string | undefined, size: number | undefined): LengthRange | undefined {
  if (size === undefined) return undefined;
  switch (operator) {
    case '>':
      return { min: Math.floor(size) + 1, max: Number.POSITIVE_INFINITY };
    case '>=':
      return { min: Math.ceil(size), max: Number.POSITIVE_INFINITY };
    case '<':
      return { min: 0, max: Math.ceil(size) - 1 };
    case '<=':
      return { min: 0, max: Math.floor(size) };
    default:
      return { min: Math.ceil(size), max: Math.floor(size) };
  }
}
