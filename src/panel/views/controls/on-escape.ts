/** A listener for keys that leaves something with Escape, and lets nothing around it hear of that: DevTools open their drawer or console on Escape. */
export function onEscape(leave: () => void): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    event.preventDefault();
    leave();
  };
}
