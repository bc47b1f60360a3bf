import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Completion, completionsAt } from '../../model/completion/complete.ts';
import { SeenValues } from '../../model/completion/known-values.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import { type MessageKey, t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';

interface FilterSuggestionsProps {
  readonly field: { readonly current: HTMLInputElement | null };
}

interface Offer {
  readonly completions: readonly Completion[];
  /** Index of the suggestion chosen with the arrow keys; -1 for none. */
  readonly active: number;
  /** The values to suggest, as they were when the list was opened. They do not change until it closes. */
  readonly known: SeenValues;
}

const LIST = 'filter-suggestions';
const optionId = (index: number) => `filter-suggestion-${index}`;

/**
 * Suggestions below the field. The field keeps the focus and its role, as in
 * https://www.w3.org/WAI/ARIA/apg/patterns/combobox/: only Tab and Enter change what was typed.
 */
export function FilterSuggestions({ field }: FilterSuggestionsProps): JSX.Element | null {
  const model = useModel();
  const [offer, setOffer] = useState<Offer>();

  useEffect(() => {
    const input = field.current;
    if (!input) return undefined;
    const over = new AbortController();
    const { signal } = over;
    const open = (isAsked: boolean) => setOffer((before) => offerAt(input, model, before, isAsked));
    const close = () => setOffer(undefined);
    input.addEventListener('input', () => open(false), { signal });
    input.addEventListener('blur', close, { signal });
    input.addEventListener('mousedown', close, { signal });
    // Before the field's own keys: Escape closes the list first.
    input.addEventListener(
      'keydown',
      (event) => {
        if (!onKey(event, input, model, offer, { open, close, setOffer })) return;
        event.preventDefault();
        event.stopImmediatePropagation();
      },
      { signal, capture: true },
    );
    return () => over.abort();
  }, [field, model, offer]);

  useEffect(() => describe(field.current, offer), [field, offer]);

  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => keepInSight(list.current));

  if (!offer) return null;
  const { completions, active } = offer;
  return (
    <>
      <div
        ref={list}
        id={LIST}
        class="filter-suggestions"
        role="listbox"
        aria-label={t('filterSuggestions')}
        style={{ left: `calc(${completions[0]?.from ?? 0}ch - ${field.current?.scrollLeft ?? 0}px)` }}
      >
        {completions.map((completion, index) => (
          <div
            key={completion.insert}
            id={optionId(index)}
            class={`suggestion ${index === offered(offer) ? 'is-offered' : ''}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onMouseDown={(event) => {
              event.preventDefault(); // the field keeps the focus
              if (field.current) accept(field.current, model, completion);
              setOffer(undefined);
            }}
          >
            <bdi>{completion.insert}</bdi>
            <span class="dim">{hintOf(completion)}</span>
          </div>
        ))}
      </div>
      <div class="for-readers" aria-live="polite">
        {t('filterSuggestionCount', completions.length)}
      </div>
    </>
  );
}

/** The suggestion that Tab accepts: the chosen one, otherwise the first if it continues what has been typed. */
function offered({ completions, active }: Offer): number {
  if (active >= 0) return active;
  return completions[0]?.goesOn ? 0 : -1;
}

function offerAt(
  input: HTMLInputElement,
  model: PanelModel,
  before: Offer | undefined,
  isAsked: boolean,
): Offer | undefined {
  const known = before?.known ?? new SeenValues(model);
  const completions = completionsAt(input.value, input.selectionStart ?? input.value.length, known, isAsked);
  return completions.length > 0 ? { completions, active: isAsked ? 0 : -1, known } : undefined;
}

interface Hand {
  readonly open: (isAsked: boolean) => void;
  readonly close: () => void;
  readonly setOffer: (offer: Offer) => void;
}

/** @returns whether the key was meant for the list */
function onKey(
  event: KeyboardEvent,
  input: HTMLInputElement,
  model: PanelModel,
  offer: Offer | undefined,
  { open, close, setOffer }: Hand,
): boolean {
  const { key } = event;
  if (event.isComposing || event.altKey || event.metaKey) return false;
  const isAsking = key === 'ArrowDown' || (key === ' ' && event.ctrlKey);
  if (!offer) {
    if (isAsking) open(true);
    return isAsking;
  }
  const { length } = offer.completions;
  switch (key) {
    case 'ArrowDown':
      setOffer({ ...offer, active: (offer.active + 1) % length });
      return true;
    case 'ArrowUp':
      setOffer({ ...offer, active: offer.active <= 0 ? length - 1 : offer.active - 1 });
      return true;
    case 'Escape':
      close();
      return true;
    case 'Tab':
    case 'Enter': {
      const place = key === 'Tab' && !event.shiftKey ? offered(offer) : offer.active;
      const completion = offer.completions[place];
      close();
      if (!completion || event.shiftKey) return false;
      accept(input, model, completion);
      if (completion.kind === 'key') open(false);
      return true;
    }
    case 'ArrowLeft':
    case 'ArrowRight':
    case 'Home':
    case 'End':
      close();
      return false;
    default:
      return false;
  }
}

function accept(input: HTMLInputElement, model: PanelModel, { insert, from, to }: Completion): void {
  input.setRangeText(insert, from, to, 'end');
  model.filter.setText(input.value);
}

/** Moves the list to the left if it would extend beyond the window. */
function keepInSight(list: HTMLElement | null): void {
  if (!list) return;
  list.style.translate = '';
  const beyond = list.getBoundingClientRect().right + 4 - innerWidth;
  if (beyond > 0) list.style.translate = `-${beyond}px`;
}

/** Exposes the list to assistive technology, with attributes that a searchbox may have. */
function describe(input: HTMLInputElement | null, offer: Offer | undefined): void {
  if (!input) return;
  input.setAttribute('aria-autocomplete', 'list');
  if (offer) input.setAttribute('aria-controls', LIST);
  else input.removeAttribute('aria-controls');
  if (offer && offer.active >= 0) input.setAttribute('aria-activedescendant', optionId(offer.active));
  else input.removeAttribute('aria-activedescendant');
}

const HINTS: Readonly<Record<string, MessageKey>> = {
  'dir:': 'filterHintDir',
  'type:': 'filterHintType',
  'event:': 'filterHintEvent',
  'len:': 'filterHintLen',
  'socket:': 'filterHintSocket',
  'state:': 'filterHintState',
  'is:': 'filterHintIs',
  'note:': 'filterHintNote',
  'time:': 'filterHintTime',
  '$.': 'filterHintJson',
};

function hintOf({ kind, insert }: Completion): string {
  const key = kind === 'key' ? HINTS[insert] : undefined;
  return key ? t(key) : '';
}
