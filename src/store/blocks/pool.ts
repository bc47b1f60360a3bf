/** Kind of the payloads in a block: text of one byte a character, wider text, or bytes. */
export const Pool = { text: 0, wide: 1, bytes: 2 } as const;
export type Pool = (typeof Pool)[keyof typeof Pool];

/** Bytes of memory that units of that pool take. */
export function bytesOf(pool: Pool, units: number): number {
  return pool === Pool.wide ? 2 * units : units;
}
