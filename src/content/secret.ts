/** An unguessable name. Not `randomUUID`, which pages over plain http do not have. */
export function secret(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
