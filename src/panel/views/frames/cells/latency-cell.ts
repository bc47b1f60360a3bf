import { isReceived } from '../../../model/frames/frame-kinds.ts';
import { latencyOf } from '../../../model/frames/latency-watch.ts';
import { shortDuration, timeOfDay } from '../../../words/format.ts';
import { t } from '../../../words/i18n.ts';
import { type Cell, cellElement, textIn, titleOf } from './cell.ts';

/** How long a message waited for its reply, in the rows of both. */
export function latencyCell(): Cell {
  const element = cellElement('latency');
  const say = textIn(element);
  const explain = titleOf(element);
  return {
    element,
    draw({ model, row, kind }) {
      const ms = latencyOf(model.store, model.latencies, row);
      const partner = model.latencies?.partner(row);
      const key = isReceived(kind) ? 'latencyOfReply' : 'latencyOfRequest';
      element.classList.toggle('of-reply', isReceived(kind));
      explain(partner === undefined ? undefined : t(key, timeOfDay(model.store.time(partner))));
      say(ms === undefined ? '' : shortDuration(ms));
    },
  };
}
