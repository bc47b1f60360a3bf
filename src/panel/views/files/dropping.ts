/**
 * Takes files that are dropped anywhere on the panel, from its first moment on: the browser would open them in its place.
 * @returns what ends that
 */
export function takeDrops(take: (files: readonly File[]) => void): () => void {
  const end = new AbortController();
  const { signal } = end;
  for (const type of ['dragenter', 'dragover'] as const) {
    addEventListener(type, (event) => hasFiles(event) && event.preventDefault(), { signal });
  }
  addEventListener(
    'drop',
    (event) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      take(files);
    },
    { signal },
  );
  return () => end.abort();
}

/** Whether files are held over the panel, rather than text. */
export function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true;
}
