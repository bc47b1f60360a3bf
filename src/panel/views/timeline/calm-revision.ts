import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';

/**
 * A revision that is followed at once where it has not changed for a while, and at most every so many ms where it changes again and
 * again.
 */
export function useCalmRevision(revision: ReadonlySignal<number>, ms: number): number {
  const [seen, setSeen] = useState(() => revision.peek());
  useEffect(() => {
    let seenAt = Number.NEGATIVE_INFINITY;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const see = () => {
      timer = undefined;
      seenAt = performance.now();
      setSeen(revision.peek());
    };
    const stop = revision.subscribe(() => {
      if (timer !== undefined) return;
      const wait = seenAt + ms - performance.now();
      if (wait <= 0) see();
      else timer = setTimeout(see, wait);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [revision, ms]);
  return seen;
}
