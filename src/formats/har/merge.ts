import { Heap } from '../../store/heap.ts';

interface Timed {
  readonly time: number;
}

interface Stream<Item extends Timed> {
  readonly items: readonly Item[];
  /** Index of the list: at equal times, the earlier list comes first. */
  readonly list: number;
  next: number;
  /** Time of the next item, at least that of the one before it, so that each list keeps its own order. */
  time: number;
}

/** The items of several lists, ordered by time. */
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
