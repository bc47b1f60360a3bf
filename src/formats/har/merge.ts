import { Heap } from '../../store/heap.ts';

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
  const streams = new Heap<Stream<Item>>((a, b) => a.time < b.time || (a.time === b.time && a.list < b.list));
  lists.forEach((items, list) => {
    const first = items[0];
    if (first) streams.add({ items, list, next: 0, time: first.time });
  });
  for (let stream = streams.first; stream; stream = streams.first) {
    const item = stream.items[stream.next++];
    if (item) yield item;
    const following = stream.items[stream.next];
    if (!following) {
      streams.removeFirst();
      continue;
    }
    stream.time = Math.max(stream.time, following.time);
    streams.settleFirst();
  }
}
