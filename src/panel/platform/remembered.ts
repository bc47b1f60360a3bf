/** What the user has chosen, kept from one DevTools session to the next in the extension's own storage. */

/** The value under a key; undefined where there is none or it cannot be read. */
export function remembered(key: string): unknown {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined; // storage can be switched off or hold anything
  }
}

/**
 * Keeps a value that JSON can express.
 * @returns false where storage is switched off or full: then it is forgotten with the panel
 */
export function remember(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Calls back with the key of each value that another panel has stored. */
export function onRemembered(listener: (key: string) => void): void {
  globalThis.addEventListener?.('storage', ({ key }) => key !== null && listener(key));
}
