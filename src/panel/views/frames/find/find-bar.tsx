import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Find } from '../../../model/find/find.ts';
import { wholeNumber } from '../../../words/format.ts';
import { type MessageKey, t } from '../../../words/i18n.ts';
import { useViewAction } from '../../commands/use-view-action.ts';
import { useModel } from '../../context.ts';
import { markMatches } from './find-marks.ts';

/** ms without a keystroke or another match after which the count is announced. */
const SETTLED = 600;

/** Searches the frames that are shown. Unlike the filter, it hides none. */
export function FindBar(): JSX.Element {
  const model = useModel();
  const find = useMemo(() => new Find(model), [model]);
  const bar = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const query = find.query.value;

  useEffect(() => () => find.close(), [find]);
  // If the user asks for it again, it takes the focus again and selects its text.
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [model.findRequests.value]);
  useEffect(() => {
    const rows = bar.current?.parentElement?.querySelector('[role=grid]');
    return rows && find.fault.value === undefined
      ? markMatches(rows, query, model.filter.helpers)
      : undefined;
  }, [query, find.fault.value, model]);
  useViewAction('find-next', () => find.go('next'));
  useViewAction('find-previous', () => find.go('previous'));

  const close = () => {
    model.findRequests.value = 0;
    bar.current?.parentElement?.querySelector<HTMLElement>('[role=grid]')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.target === field.current)
      find.go(event.shiftKey ? 'previous' : 'next');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={bar} class="find-bar" role="search" aria-label={t('find')} onKeyDown={onKeyDown}>
      <input
        ref={field}
        type="text"
        spellcheck={false}
        class={find.fault.value === undefined ? '' : 'is-wrong'}
        aria-label={t('find')}
        aria-invalid={find.fault.value !== undefined}
        placeholder={t('find')}
        value={query.text}
        onInput={(event) => find.look({ ...query, text: event.currentTarget.value })}
      />
      <Toggle
        label="findMatchesCase"
        sign="Aa"
        isOn={query.matchesCase}
        onClick={() => find.look({ ...query, matchesCase: !query.matchesCase })}
      />
      <Toggle
        label="findRegex"
        sign=".*"
        isOn={query.isRegex}
        onClick={() => find.look({ ...query, isRegex: !query.isRegex })}
      />
      <span class="find-count" title={find.fault.value ?? ''}>
        {countOf(find)}
      </span>
      <SettledCount find={find} />
      <Step label="findPrevious" sign="↑" onClick={() => find.go('previous')} />
      <Step label="findNext" sign="↓" onClick={() => find.go('next')} />
      <Step label="findClose" sign="×" onClick={close} />
    </div>
  );
}

/** The count for screen readers: announced once, when it has settled after a new search or a move to another match. */
function SettledCount({ find }: { readonly find: Find }): JSX.Element {
  const [said, say] = useState('');
  void find.revision.value;
  const { isCurrent, isStopped, place } = find;
  useEffect(() => {
    if (!isCurrent && !isStopped && find.fault.value === undefined) return undefined;
    const timer = setTimeout(() => say(countOf(find)), SETTLED);
    return () => clearTimeout(timer);
  }, [find, find.query.value, find.fault.value, isCurrent, isStopped, place]);
  return (
    <span class="for-readers" role="status" aria-label={t('find')}>
      {said}
    </span>
  );
}

/** Where one is, and of how many. */
function countOf(find: Find): string {
  void find.revision.value;
  const { found, place } = find;
  if (find.fault.value !== undefined) return find.fault.value;
  if (find.query.value.text === '') return '';
  if (find.isStopped) return t('findStopped', wholeNumber(found));
  if (found === 0) return find.isCurrent ? t('findNothing') : t('findLooking');
  const total = wholeNumber(found);
  if (place === 0) return find.isCurrent ? t('findTotal', total) : t('findTotalSoFar', total);
  const [at] = [wholeNumber(place)];
  return find.isCurrent ? t('findPlace', at, total) : t('findPlaceSoFar', at, total);
}

interface ToggleProps {
  readonly label: MessageKey;
  readonly sign: string;
  readonly isOn: boolean;
  readonly onClick: () => void;
}

function Toggle({ label, sign, isOn, onClick }: ToggleProps): JSX.Element {
  return (
    <button
      type="button"
      class="find-toggle"
      aria-pressed={isOn}
      aria-label={t(label)}
      title={t(label)}
      onClick={onClick}
    >
      {sign}
    </button>
  );
}

function Step({ label, sign, onClick }: Omit<ToggleProps, 'isOn'>): JSX.Element {
  return (
    <button type="button" class="tool" aria-label={t(label)} title={t(label)} onClick={onClick}>
      {sign}
    </button>
  );
}
