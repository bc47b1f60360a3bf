/** How a key moves through a list. */
export type ListMove = 'next' | 'previous' | 'next-page' | 'previous-page' | 'first' | 'last';

const MOVES: Readonly<Record<string, ListMove>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  PageDown: 'next-page',
  PageUp: 'previous-page',
  Home: 'first',
  End: 'last',
};

/** Whether a key moves through lists. */
export function isMoveKey(key: string): boolean {
  return Object.hasOwn(MOVES, key);
}

/** The index that a key leads to, which may lie beyond the ends. Undefined for keys that do not move. */
export function targetOfKey(
  key: string,
  at: number,
  { count, page, step = 1 }: { readonly count: number; readonly page: number; readonly step?: number },
): number | undefined {
  switch (MOVES[key]) {
    case 'next':
      return at + step;
    case 'previous':
      return at - step;
    case 'next-page':
      return at + page;
    case 'previous-page':
      return at - page;
    case 'first':
      return 0;
    case 'last':
      return count - 1;
    case undefined:
      return undefined;
  }
}
