/** A name that nobody can guess. Not randomUUID: pages over plain http have no such function. */
export function secret(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
