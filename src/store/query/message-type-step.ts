import { messageType } from '../../decoders/message-type.ts';
import { Answer, answerOf } from './answer.ts';
import { kindStep, PAYLOAD_KINDS } from './column-steps.ts';
import type { Pace } from './pace.ts';
import { COST, type Step } from './steps.ts';

/** Units of {@link Pace} that finding one message's type takes. */
const TYPE_COST = 6000;

/** The head of each text is looked at, which is cheaper than to search it. */
export function messageTypeStep(names: readonly string[], pace: Pace): Step {
  const texts = kindStep(PAYLOAD_KINDS.text);
  return {
    cost: COST.text,
    test: (source, row) => {
      if (texts.test(source, row) === Answer.no) return Answer.no;
      const payload = source.payload(row);
      if (payload === undefined && source.isAway(source.blockNumber(row))) return Answer.later;
      if (typeof payload !== 'string') return Answer.no;
      pace.spend(TYPE_COST);
      const type = messageType(payload, { url: source.url(row) });
      return answerOf(type !== undefined && names.includes(type.toLowerCase()));
    },
    mayPass: texts.mayPass,
  };
}
