/** Entries of the network log whose socket is known for good, by their keys. */
export class SettledEntries {
  private readonly keys = new Set<string>();

  /** @param most of them, the newest: where the log is hardly ever read, a page that reconnects all day would fill the memory with addresses */
  constructor(private readonly most = Number.POSITIVE_INFINITY) {}

  has(key: string): boolean {
    return this.keys.has(key);
  }

  add(key: string): void {
    this.keys.add(key);
    if (this.keys.size <= this.most) return;
    const [oldest] = this.keys;
    if (oldest !== undefined) this.keys.delete(oldest);
  }

  /** The log has been read: what it does not contain any more is forgotten. */
  keepOnly(contained: ReadonlySet<string>): void {
    for (const key of this.keys) if (!contained.has(key)) this.keys.delete(key);
  }
}
