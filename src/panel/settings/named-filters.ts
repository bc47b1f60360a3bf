/** A filter that the user has given a name. */
export interface SavedFilter {
  /** No two have the same. */
  readonly name: string;
  readonly text: string;
}

/** Puts a filter to the others; one of its name gives way to it. */
export function withFilter(all: readonly SavedFilter[], added: SavedFilter): readonly SavedFilter[] {
  const place = all.findIndex(({ name }) => name === added.name);
  return place === -1 ? [...all, added] : all.with(place, added);
}

export function withoutFilter(all: readonly SavedFilter[], name: string): readonly SavedFilter[] {
  return all.filter((one) => one.name !== name);
}

/** Gives a filter another name; one that had that name before gives way to it. */
export function withRenamed(all: readonly SavedFilter[], from: string, to: string): readonly SavedFilter[] {
  if (from === to) return all;
  return withoutFilter(all, to).map((one) => (one.name === from ? { ...one, name: to } : one));
}
