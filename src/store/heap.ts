/** Things of which the first one is wanted next, in an order in which no two are alike. Each change takes as many steps as the logarithm of their number. */
export class Heap<Item> {
  private readonly items: Item[] = [];

  constructor(private readonly isBefore: (one: Item, other: Item) => boolean) {}

  get first(): Item | undefined {
    return this.items[0];
  }

  /** The one that would be the first if that were not there. */
  get second(): Item | undefined {
    const [, one, other] = this.items;
    return one !== undefined && other !== undefined && this.isBefore(other, one) ? other : one;
  }

  add(item: Item): void {
    const { items } = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = items[above];
      if (parent === undefined || !this.isBefore(item, parent)) break;
      items[at] = parent;
      items[above] = item;
      at = above;
    }
  }

  /** The first one has changed, and may be a later one now. */
  settleFirst(): void {
    const { items } = this;
    const item = items[0];
    if (item === undefined) return;
    let at = 0;
    for (;;) {
      const left = items[2 * at + 1];
      const right = items[2 * at + 2];
      if (left === undefined) return;
      const isRight = right !== undefined && this.isBefore(right, left);
      const child = isRight ? right : left;
      if (!this.isBefore(child, item)) return;
      items[at] = child;
      at = 2 * at + (isRight ? 2 : 1);
      items[at] = item;
    }
  }

  removeFirst(): void {
    const last = this.items.pop();
    if (last === undefined || this.items.length === 0) return;
    this.items[0] = last;
    this.settleFirst();
  }
}
