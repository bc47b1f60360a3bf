import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Overview } from '../../model/timeline/overview.ts';
import type { ColourShare } from '../../model/timeline/overview-shares.ts';
import { type Chart, createChart } from './chart.ts';

interface PlotProps {
  readonly overview: Overview;
  readonly shares: readonly ColourShare[];
}

/** The drawing alone; what it shows is said in words beside it. */
export function Plot({ overview, shares }: PlotProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<Chart | undefined>(undefined);
  useLayoutEffect(() => {
    if (host.current) chart.current = createChart(host.current);
    return () => chart.current?.destroy();
  }, []);
  useLayoutEffect(() => chart.current?.draw(overview, shares), [overview, shares]);
  return <div ref={host} class="timeline-plot" aria-hidden="true" />;
}
