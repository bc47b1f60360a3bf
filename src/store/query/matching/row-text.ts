/** The first 1 MiB of a binary payload is read as text; the rest is not searched. Text is searched to its end. */
export const MAX_DECODED_BYTES = 1024 * 1024;

// A byte order mark stays: the text is searched, not shown.
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });
const UTF16 = new TextDecoder('utf-16le', { ignoreBOM: true });

export function readUtf8(bytes: Uint8Array): string {
  return UTF8.decode(bytes);
}

/** `TextDecoder('latin1')` is Windows-1252; bytes widened to UTF-16 units are Latin-1 itself, at native speed. */
export function readLatin1(bytes: Uint8Array): string {
  return UTF16.decode(new Uint16Array(bytes));
}
