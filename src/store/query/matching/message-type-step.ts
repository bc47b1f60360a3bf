import { isHeartbeat } from '../../../decoders/message-types/heartbeats.ts';
import type { RowTypes } from '../../counts/row-types.ts';
import { HEARTBEATS } from '../../counts/type-keys.ts';
import { Answer, answerOf } from './answer.ts';
import { kindStep, MESSAGE_KINDS } from './column-steps.ts';
import type { Pace } from './pace.ts';
import { COST, type Step } from './steps.ts';

/** Units of {@link Pace} that finding one message's type takes. */
const TYPE_COST = 6000;

/** The types that a filter asks for. */
interface WantedTypes {
  /** Keys of `type-keys.ts`; where case does not matter, in lower case. */
  readonly anyOf: readonly string[];
  readonly matchesCase: boolean;
}

/** Reads the head of each message whose type is not known, which is cheaper than searching it. */
export function messageTypeStep(wanted: WantedTypes, pace: Pace, types: RowTypes): Step {
  const kinds = kindStep(MESSAGE_KINDS);
  const isWanted = wantedTypes(wanted);
  return {
    cost: COST.text,
    test: (source, row) => {
      if (kinds.test(source, row) === Answer.no) return Answer.no;
      const known = types.keyOf(row);
      if (known !== undefined) return answerOf(isWanted(known));
      const payload = source.payload(row);
      if (payload === undefined) return source.isAway(source.blockNumber(row)) ? Answer.later : Answer.no;
      pace.spend(TYPE_COST);
      return answerOf(
        isWanted(
          types.learn(row, payload, {
            url: source.url(row),
            protocol: source.protocol(row),
            reading: source.reading(row),
          }),
        ),
      );
    },
    mayPass: kinds.mayPass,
  };
}

function wantedTypes({ anyOf, matchesCase }: WantedTypes): (key: string) => boolean {
  const wanted = new Set(anyOf);
  const wantsBeats = wanted.has(HEARTBEATS);
  if (matchesCase && !wantsBeats) return (key) => wanted.has(key);
  const answers = new Map<string, boolean>();
  return (key) => {
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = wanted.has(matchesCase ? key : key.toLowerCase()) || (wantsBeats && isHeartbeat(key));
    if (answers.size < 10_000) answers.set(key, answer);
    return answer;
  };
}
