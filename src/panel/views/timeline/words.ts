import type { TimeSpan } from '../../model/filter/filter-terms.ts';
import { type Activity, activityOf, type Overview } from '../../model/timeline/overview.ts';
import type { ColourShare } from '../../model/timeline/overview-shares.ts';
import { COLOUR_WORDS } from '../../words/colours.ts';
import { byteCount, rateNumber, wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';

/** `↓ 4,100/s · 482 kB/s` and the same for what is sent. */
export function rateWords(rates: Activity): readonly [string, string] {
  return [
    t('timelineReceivedRate', rateNumber(rates.received), byteCount(rates.receivedBytes)),
    t('timelineSentRate', rateNumber(rates.sent), byteCount(rates.sentBytes)),
  ];
}

/** What is drawn, for those who do not see it. */
export function overviewWords(overview: Overview, span: TimeSpan | undefined): string {
  const columns = columnsWithin(overview, span);
  const { received, receivedBytes, sent, sentBytes, opens, closes, errors, missing } = activityOf(columns);
  return t(
    'timelineWords',
    wholeNumber(received),
    byteCount(receivedBytes),
    wholeNumber(sent),
    byteCount(sentBytes),
    wholeNumber(opens),
    wholeNumber(closes),
    wholeNumber(errors),
    wholeNumber(missing),
  );
}

/** How much of what is drawn has a colour. */
export function colourWords(
  overview: Overview,
  { colour, received, sent }: ColourShare,
  span: TimeSpan | undefined,
): string {
  const isWithin = new Set(columnsWithin(overview, span));
  let [of, sentOf] = [0, 0];
  for (const [index, column] of overview.columns.entries()) {
    if (!isWithin.has(column)) continue;
    of += (received[index] ?? 0) * column.activity.received;
    sentOf += (sent[index] ?? 0) * column.activity.sent;
  }
  return t(
    'timelineColour',
    t(COLOUR_WORDS[colour]),
    wholeNumber(Math.round(of)),
    wholeNumber(Math.round(sentOf)),
  );
}

/** The columns of a span, or all. */
export function columnsWithin({ columns }: Overview, span: TimeSpan | undefined) {
  return span ? columns.filter(({ from, to }) => from >= span.from && to <= span.to) : columns;
}

/** The time that is drawn, from the first frame to the last one. */
export function wholeSpan({ columns }: Overview): TimeSpan | undefined {
  const first = columns[0];
  const last = columns.findLast(({ activity }) => Object.values(activity).some((amount) => amount > 0));
  return first && last && { from: first.from, to: last.to };
}
