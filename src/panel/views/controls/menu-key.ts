/** The keys that open a context menu. Not all systems turn them into a `contextmenu` event. */
export function opensMenu({ key, shiftKey }: KeyboardEvent): boolean {
  return key === 'ContextMenu' || (key === 'F10' && shiftKey);
}
