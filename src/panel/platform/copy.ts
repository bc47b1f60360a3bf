/**
 * Puts text on the clipboard. DevTools panels are framed without the permission that `navigator.clipboard` asks for, so this
 * is the old way, which only needs the user's gesture.
 * @returns false where the browser does not allow it
 */
export function copyText(text: string): boolean {
  const area = document.createElement('textarea');
  const focused = document.activeElement;
  // There has to be a selection to be copied; a text box would change the line ends of the text itself.
  area.value = '.';
  area.className = 'for-readers';
  document.body.append(area);
  area.select();
  const copying = new AbortController();
  document.addEventListener(
    'copy',
    (event) => {
      event.clipboardData?.setData('text/plain', text);
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true, signal: copying.signal },
  );
  const isCopied = document.execCommand('copy');
  copying.abort();
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
