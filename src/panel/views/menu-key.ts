/** The keys with which a menu is asked for. Not all systems make a `contextmenu` event of them. */
export function opensMenu({ key, shiftKey }: KeyboardEvent): boolean {
  return key === 'ContextMenu' || (key === 'F10' && shiftKey);
}
