import { substringNeedle } from '../language/text-test.ts';
import { answerOf } from './answer.ts';
import { anywhere, COST, type Step } from './steps.ts';

export function starStep(): Step {
  return {
    cost: COST.column,
    test: (source, row) => answerOf(source.remark(row).isStarred),
    mayPass: anywhere,
  };
}

export function noteStep(text: string): Step {
  const needle = substringNeedle(text);
  return {
    cost: COST.column,
    test: (source, row) => {
      const { note } = source.remark(row);
      return answerOf(note !== '' && needle.find(note, 0) !== -1);
    },
    mayPass: anywhere,
  };
}
