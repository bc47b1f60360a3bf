import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { type FilterProblem, problemMessage } from '../../../store/query/language/problems.ts';
import type { FilterStop } from '../../model/filter/filtered-rows.ts';
import { byteCount, timeOfDay, wholeNumber } from '../../words/format.ts';
import { t, tDynamic } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { FilterResult } from './filter-result.tsx';

interface FilterTroubleProps {
  readonly field: { readonly current: HTMLInputElement | null };
}

/** The problem with the filter: its place is underlined, and the reason is shown below. */
export function FilterTrouble({ field }: FilterTroubleProps): JSX.Element {
  const { filter } = useModel();
  const problem = filter.problem.value;
  const stop = filter.stop.value;
  const underline = useRef<HTMLDivElement>(null);
  const reason = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const input = field.current;
    if (!problem || !input) return undefined;
    const follow = () => placeAt(input, underline.current, reason.current);
    const later = () => requestAnimationFrame(follow);
    follow();
    // Not every browser reports that a text field has been scrolled, so this listens to everything that may scroll it.
    const over = new AbortController();
    for (const type of ['scroll', 'keydown', 'pointermove', 'focus', 'blur'])
      input.addEventListener(type, later, { signal: over.signal, passive: true });
    addEventListener('resize', later, { signal: over.signal });
    return () => over.abort();
  }, [problem, field]);

  return (
    <>
      {problem && <Underline refersTo={underline} text={filter.text.value} problem={problem} />}
      <div id="filter-problem" ref={reason} class="filter-problem">
        {problem ? wrongWords(problem) : stop && stopWords(stop)}
      </div>
      <FilterResult problem={problem && wrongWords(problem)} />
    </>
  );
}

interface UnderlineProps {
  readonly refersTo: { current: HTMLDivElement | null };
  readonly text: string;
  readonly problem: FilterProblem;
}

/** A copy of the text, invisible except for the underline. */
function Underline({ refersTo, text, problem: { start, end } }: UnderlineProps): JSX.Element {
  return (
    <div ref={refersTo} class="filter-underline" aria-hidden="true">
      {text.slice(0, start)}
      <mark>{text.slice(start, end)}</mark>
      {text.slice(end)}
    </div>
  );
}

/** Places the underline below the text, and the reason below that. */
function placeAt(input: HTMLInputElement, underline: HTMLElement | null, reason: HTMLElement | null): void {
  if (!underline || !reason) return;
  underline.scrollLeft = input.scrollLeft;
  const mark = underline.querySelector('mark')?.offsetLeft ?? 0;
  const within = Math.max(0, Math.min(mark - input.scrollLeft, input.clientWidth));
  const room = innerWidth - input.getBoundingClientRect().left - reason.offsetWidth - 8;
  reason.style.left = `${Math.min(within, room)}px`;
}

function wrongWords(problem: FilterProblem): string {
  const { key, substitutions } = problemMessage(problem);
  return tDynamic(key, substitutions);
}

/** Why a search has ended early, and what the user can do. */
function stopWords(stop: FilterStop): string {
  switch (stop.type) {
    case 'stuck': {
      const { pattern, place, time, size } = stop;
      const expression = `/${pattern.source}/${pattern.flags}`;
      return t('filterStopped', expression, wholeNumber(place), timeOfDay(time), byteCount(size));
    }
    case 'failed':
      return t('filterFailed', stop.reason);
  }
}
