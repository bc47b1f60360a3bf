import type { JSX } from 'preact';
import { shortDuration, timeOfDay } from '../../format.ts';
import { t } from '../../i18n.ts';
import { isReceived } from '../../model/frame-kinds.ts';
import { latencyOf } from '../../model/latency-watch.ts';
import type { DrawnFrame } from './drawn-frame.ts';

/** How long a message waited for its reply, in the rows of both. */
export function LatencyCell({ model, row, kind }: DrawnFrame): JSX.Element {
  void model.revision.value; // the row itself is not drawn anew for this
  const ms = latencyOf(model.store, model.latencies, row);
  const partner = model.latencies?.partner(row);
  const title =
    partner === undefined
      ? undefined
      : t(isReceived(kind) ? 'latencyOfReply' : 'latencyOfRequest', timeOfDay(model.store.time(partner)));
  return (
    <span role="gridcell" class={`cell latency ${isReceived(kind) ? 'of-reply' : ''}`} title={title}>
      {ms === undefined ? '' : shortDuration(ms)}
    </span>
  );
}
