import { Answer } from '../../../../../src/store/query/matching/answer.ts';
import type { CompiledFilter } from '../../../../../src/store/query/matching/match.ts';
import { ContentPacker, testContents } from '../../../../../src/store/query/matching/row-contents.ts';
import type { FrameSource } from '../../../../../src/store/query/matching/source.ts';

/** Whether a row passes, the regular expressions being run here and now. */
export function matches(filter: CompiledFilter, source: FrameSource, row: number): boolean {
  const first = filter.test(source, row);
  if (first !== Answer.later) return first === Answer.yes;
  const packer = new ContentPacker();
  packer.add(source, row);
  filter.learn(
    packer.rows,
    testContents(filter.patterns, packer.pack(), () => undefined),
  );
  const answer = filter.test(source, row);
  filter.learn([], new Uint8Array());
  if (answer === Answer.later) throw new Error(`no answer for row ${row}`);
  return answer === Answer.yes;
}
