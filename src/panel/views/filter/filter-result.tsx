import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PanelModel } from '../../model/panel-model.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';

/** ms without a keystroke after which the result is announced. */
const PATIENCE = 600;

interface FilterResultProps {
  /** The problem with the filter, as text. */
  readonly problem: string | undefined;
}

/**
 * Announces to screen readers what is wrong with a new filter, or how many frames it has found: not while it is being typed, and not again with every
 * frame that arrives.
 */
export function FilterResult({ problem }: FilterResultProps): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const { filter } = model;
  const about = JSON.stringify(choicesOf(model));
  const isReady = filter.isSettled || problem !== undefined;
  const [said, setSaid] = useState({ about, words: '' });
  useEffect(() => {
    if (!isReady || about === said.about) return undefined;
    const timer = setTimeout(() => {
      setSaid({ about, words: problem ?? t('filterResult', wholeNumber(filter.found)) });
    }, PATIENCE);
    return () => clearTimeout(timer);
  }, [isReady, about, said.about, problem, filter]);
  return (
    <div class="for-readers" role="status">
      {said.words || null /* an empty text would be written anew with each picture */}
    </div>
  );
}

/** Everything by which the user decides which frames are shown. */
function choicesOf({ filter, settings }: PanelModel) {
  return [
    filter.text.value,
    filter.direction.value,
    filter.socket.value,
    filter.span.value,
    settings.of(SETTINGS.shownTypes).value,
  ];
}
