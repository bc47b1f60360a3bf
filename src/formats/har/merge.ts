interface Timed {
  readonly time: number;
}

interface Stream<Item extends Timed> {
  readonly items: readonly Item[];
  /** Which of the lists it is: the earlier one goes first where times are equal. */
  readonly list: number;
  next: number;
  /** Of the next item, never earlier than of the one before: each list keeps its own order. */
  time: number;
}

/** The items of several lists in the order of time. */
export function* mergeByTime<Item extends Timed>(lists: readonly (readonly Item[])[]): Generator<Item> {
  const heap: Stream<Item>[] = [];
  lists.forEach((items, list) => {
    const first = items[0];
    if (first) push(heap, { items, list, next: 0, time: first.time });
  });
  for (let stream = heap[0]; stream; stream = heap[0]) {
    const item = stream.items[stream.next++];
    if (item) yield item;
    const following = stream.items[stream.next];
    if (following) stream.time = Math.max(stream.time, following.time);
    else replaceFirst(heap);
    sinkFirst(heap);
  }
}

function isEarlier<Item extends Timed>(a: Stream<Item>, b: Stream<Item>): boolean {
  return a.time < b.time || (a.time === b.time && a.list < b.list);
}

function push<Item extends Timed>(heap: Stream<Item>[], stream: Stream<Item>): void {
  let at = heap.length;
  heap.push(stream);
  while (at > 0) {
    const above = (at - 1) >> 1;
    const parent = heap[above];
    if (!parent || isEarlier(parent, stream)) break;
    heap[at] = parent;
    heap[above] = stream;
    at = above;
  }
}

/** Puts the last stream in the place of the first, which is over. */
function replaceFirst<Item extends Timed>(heap: Stream<Item>[]): void {
  const last = heap.pop();
  if (last && heap.length > 0) heap[0] = last;
}

function sinkFirst<Item extends Timed>(heap: Stream<Item>[]): void {
  const stream = heap[0];
  if (!stream) return;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    if (!left) return;
    const isRight = right !== undefined && isEarlier(right, left);
    const child = isRight ? right : left;
    if (isEarlier(stream, child)) return;
    heap[at] = child;
    at = 2 * at + (isRight ? 2 : 1);
    heap[at] = stream;
  }
}
