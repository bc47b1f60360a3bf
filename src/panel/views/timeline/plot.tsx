import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Overview } from '../../model/overview.ts';
import { type Chart, createChart } from './chart.ts';

/** The drawing alone; what it shows is said in words beside it. */
export function Plot({ overview }: { readonly overview: Overview }): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | undefined>(undefined);
  useLayoutEffect(() => {
    if (host.current) chart.current = createChart(host.current);
    return () => chart.current?.destroy();
  }, []);
  useLayoutEffect(() => chart.current?.draw(overview), [overview]);
  return <div ref={host} class="timeline-plot" aria-hidden="true" />;
}
