import type { JSX } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Filter } from '../../model/filter/filter.ts';
import type { TimeSpan } from '../../model/filter/filter-terms.ts';
import { ColourTimes } from '../../model/timeline/colour-times.ts';
import {
  activityOf,
  type Overview,
  overviewOf,
  peakOf,
  perSecond,
  placeOfTime,
  spanBetween,
} from '../../model/timeline/overview.ts';
import { type ColourShare, colourShares } from '../../model/timeline/overview-shares.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { useCalmTimeline } from './calm-timeline.ts';
import { Plot } from './plot.tsx';
import { spanByKey } from './span-control.ts';
import { spanWords } from './span-words.ts';
import { colourWords, columnsWithin, overviewWords, rateWords, wholeSpan } from './words.ts';

const NO_SHARES: readonly ColourShare[] = [];

/** What has happened when, and the span of it that is shown alone. */
export function Strip(): JSX.Element {
  const model = useModel();
  const timeline = useCalmTimeline(model.recorded, () => model.store.timeline);
  const { filter } = model;
  const { changes } = timeline;
  // Pictures of other rows, as of a search, are pictures of the same time.
  const overview = useMemo(() => overviewOf(timeline.buckets(), timeline.width), [timeline, changes]);
  const colourTimes = useMemo(() => new ColourTimes(model), [model]);
  useEffect(() => () => colourTimes.end(), [colourTimes]);
  const counts = colourTimes.look();
  const shares = counts ? colourShares(overview, counts) : NO_SHARES;
  const span = filter.span.value;
  return (
    <>
      <Track overview={overview} shares={shares} filter={filter} />
      <Rates overview={overview} span={span} />
      <p id="timeline-words" class="for-readers">
        {[overviewWords(overview, span), ...shares.map((share) => colourWords(overview, share, span))].join(
          '; ',
        )}
      </p>
    </>
  );
}

interface TrackProps {
  readonly overview: Overview;
  readonly shares: readonly ColourShare[];
  readonly filter: Filter;
}

/** Where a span is drawn, moved and widened. */
function Track({ overview, shares, filter }: TrackProps): JSX.Element {
  /** Time at which the pointer went down; columns move while frames arrive. */
  const start = useRef<number | undefined>(undefined);
  /** While it is being drawn nothing is searched. */
  const [drawn, setDrawn] = useState<TimeSpan>();
  const span = drawn ?? filter.span.value;
  const whole = wholeSpan(overview);
  const count = overview.columns.length;
  const columnAt = (event: PointerEvent) => {
    const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
    return Math.floor(((event.clientX - left) / Math.max(1, width)) * count);
  };
  const endDrawing = () => {
    start.current = undefined;
    setDrawn(undefined);
  };
  const place = (time: number) => (count === 0 ? 0 : (placeOfTime(overview, time) / count) * 100);
  return (
    <div
      class="timeline-track"
      role="slider"
      tabIndex={0}
      aria-label={t('timelineSpan')}
      aria-describedby="timeline-words"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={span ? Math.round(place(span.from)) : 0}
      aria-valuetext={
        span ? spanWords(span) : whole ? t('timelineAll', spanWords(whole)) : t('timelineEmpty')
      }
      title={t('timelineTip')}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = spanBetween(overview, columnAt(event), columnAt(event))?.from;
      }}
      onPointerMove={(event) => {
        if (start.current === undefined) return;
        const [from, to] = [Math.floor(placeOfTime(overview, start.current)), columnAt(event)];
        // A click alone chooses nothing.
        if (drawn || from !== to) setDrawn(spanBetween(overview, from, to));
      }}
      onPointerUp={() => {
        if (drawn) filter.showSpan(drawn);
        endDrawing();
      }}
      onPointerCancel={endDrawing}
      onDblClick={() => filter.showSpan(undefined)}
      onKeyDown={(event) => {
        const change = spanByKey(overview, span, event);
        if (!change) return;
        event.preventDefault();
        event.stopPropagation(); // DevTools open their drawer on Escape
        filter.showSpan(change.span);
      }}
    >
      <Plot overview={overview} shares={shares} />
      {span && (
        <div
          class="timeline-chosen"
          style={{ left: `${place(span.from)}%`, width: `${place(span.to) - place(span.from)}%` }}
        />
      )}
    </div>
  );
}

interface RatesProps {
  readonly overview: Overview;
  readonly span: TimeSpan | undefined;
}

/** The mean of the span, or else the most of one second. */
function Rates({ overview, span }: RatesProps): JSX.Element | null {
  if (overview.columns.length === 0) return null;
  const rates = span
    ? perSecond(activityOf(columnsWithin(overview, span)), span.to - span.from)
    : peakOf(overview);
  const [received, sent] = rateWords(rates);
  return (
    <div class="timeline-rates" title={span ? t('timelineMeanTip') : t('timelinePeakTip')}>
      <span>
        {span ? t('timelineMean') : t('timelinePeak')} {received}
      </span>
      <span>{sent}</span>
    </div>
  );
}
