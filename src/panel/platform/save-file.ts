/** ms for which the address of a file stays good: the browser may ask the person first where it goes */
const ADDRESS_LIFE = 60_000;

/** Downloads a file; a panel needs no permission for that. */
export function saveFile(name: string, contents: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(contents);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), ADDRESS_LIFE);
}
