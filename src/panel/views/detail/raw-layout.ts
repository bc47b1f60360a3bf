/** UTF-16 units of JSON that are laid out anew at most: more takes too long. */
const MOST_PRETTY = 2 * 1024 * 1024;

/** Whether the Raw tab offers to lay the payload out anew: it looks like JSON, and is not too long. */
export function canBePretty(payload: string | Uint8Array): payload is string {
  return typeof payload === 'string' && payload.length <= MOST_PRETTY && /^\s*[[{]/.test(payload);
}
