/** One line of a hex view. */
export interface HexRow {
  /** Offset of the first byte: at least eight lower-case hexadecimal digits. */
  readonly offset: string;
  /** Two lower-case digits a byte; the last row may be shorter, a row behind the end is empty. */
  readonly hex: readonly string[];
  /** One character a byte: printable ASCII as itself, anything else as `.`. */
  readonly ascii: string;
}

/** What part of the bytes to dump, in bytes; everything by default. */
export interface HexDumpOptions {
  readonly start?: number;
  /** Offset after the last byte. */
  readonly end?: number;
  readonly bytesPerRow?: number;
}

const BYTES_PER_ROW = 16;

/** The number of rows of a hex view; 0 for no bytes. */
export function hexRowCount(byteLength: number, bytesPerRow = BYTES_PER_ROW): number {
  return Math.ceil(byteLength / bytesPerRow);
}

/** One row of a hex view, at the same cost at any place of any buffer. Rows count from 0. */
export function hexRow(bytes: Uint8Array, rowIndex: number, bytesPerRow = BYTES_PER_ROW): HexRow {
  const start = rowIndex * bytesPerRow;
  return rowOf(bytes.subarray(start, start + bytesPerRow), start);
}

/**
 * The rows as text for the clipboard, in the layout of `hexdump -C`:
 * `00000000  48 65 6c 6c 6f                                   |Hello|`. Offsets stay those of the whole buffer.
 * A row of 16 bytes takes 78 characters: ask for a part where the whole would be more than a string can hold.
 */
export function hexDump(bytes: Uint8Array, options: HexDumpOptions = {}): string {
  const { start = 0, end = bytes.length, bytesPerRow = BYTES_PER_ROW } = options;
  const lines: string[] = [];
  const last = Math.min(end, bytes.length);
  for (let at = start; at < last; at += bytesPerRow) {
    const row = rowOf(bytes.subarray(at, Math.min(at + bytesPerRow, last)), at);
    const hex = row.hex.join(' ').padEnd(bytesPerRow * 3 - 1);
    lines.push(`${row.offset}  ${hex}  |${row.ascii}|`);
  }
  return lines.join('\n');
}

/** Two lower-case hexadecimal digits for each byte. */
export function hexPairs(bytes: Uint8Array): string[] {
  const pairs: string[] = [];
  for (const byte of bytes) pairs.push(PAIRS[byte] ?? '');
  return pairs;
}

const PAIRS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Printable ASCII as itself, anything else as `.`. */
export function asciiOf(bytes: Uint8Array): string {
  let ascii = '';
  for (const byte of bytes) ascii += byte >= 0x20 && byte <= 0x7e ? String.fromCharCode(byte) : '.';
  return ascii;
}

function rowOf(bytes: Uint8Array, offset: number): HexRow {
  return {
    offset: offset.toString(16).padStart(8, '0'),
    hex: hexPairs(bytes),
    ascii: asciiOf(bytes),
  };
}
