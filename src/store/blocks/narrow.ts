const UTF8 = new TextEncoder();
/** Units that are looked at a time. */
const STRIDE = 64 * 1024;
const SCRATCH = new Uint8Array(STRIDE);
const WIDE = /[\u0100-\uffff]/;

/**
 * The text with one byte of memory a unit, if that is enough for it. Browsers keep text that they have received with two if any of its characters is
 * not ASCII, and so is what it is joined with; only what they parse anew is as small as it can be.
 */
export function narrow(text: string): string {
  if (isAscii(text) || WIDE.test(text)) return text;
  const parsed: unknown = JSON.parse(JSON.stringify(text));
  return typeof parsed === 'string' ? parsed : text;
}

/** Several times faster than a regular expression. */
function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += STRIDE) {
    const part = text.slice(at, at + STRIDE);
    const { read, written } = UTF8.encodeInto(part, SCRATCH);
    if (read < part.length || written > part.length) return false;
  }
  return true;
}
