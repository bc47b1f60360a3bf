/** The number of rows in a hex view; 0 without bytes. */
export function hexRowCount(byteLength: number, bytesPerRow: number): number {
  return Math.ceil(byteLength / bytesPerRow);
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
