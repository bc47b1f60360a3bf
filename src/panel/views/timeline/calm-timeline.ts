import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useReducer } from 'preact/hooks';
import type { Timeline } from '../../../store/counts/timeline.ts';

/** ms between two drawings at least, and between two while more than a row a ms comes: nobody can follow that. */
const INTERVAL = { usual: 250, flooded: 1000 };

/**
 * Has a component drawn again when there is something new, at once if there was not for a while, or if the timeline is another one.
 * @param revision rises when something may be new
 */
export function useCalmTimeline(revision: ReadonlySignal<number>, timelineOf: () => Timeline): Timeline {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    let timeline = timelineOf();
    let changes = 0;
    let seenAt = Number.NEGATIVE_INFINITY;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const see = () => {
      clearTimeout(timer);
      timer = undefined;
      timeline = timelineOf();
      ({ changes } = timeline);
      seenAt = performance.now();
      redraw(undefined);
    };
    const consider = () => {
      const now = timelineOf();
      const silence = performance.now() - seenAt;
      const isFlooded = now.changes - changes > silence;
      const wait = (isFlooded ? INTERVAL.flooded : INTERVAL.usual) - silence;
      if (wait <= 0 || now !== timeline) see();
      else timer ??= setTimeout(considerLater, wait);
    };
    const considerLater = () => {
      timer = undefined;
      consider();
    };
    const stop = revision.subscribe(consider);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [revision]);
  return timelineOf();
}
