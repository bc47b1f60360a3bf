/** What is known of a run of rows as a whole, so that a search can skip it. */
export interface Stretch {
  /** One past its last row. */
  readonly end: number;
  /** True if its rows will not change. */
  readonly isSettled: boolean;
  /** Bit `1 << kind` is set for every kind that occurs. */
  readonly kinds: number;
  hasSocket(socket: number): boolean;
  hasAnySocket(sockets: ReadonlySet<number>): boolean;
}
