/**
 * Puts text on the clipboard. DevTools panels are framed without the permission that `navigator.clipboard` asks for, so this
 * is the old way, which only needs a person's gesture.
 */
export function copyText(text: string): void {
  const area = document.createElement('textarea');
  const focused = document.activeElement;
  area.value = text;
  area.className = 'for-readers';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
}
