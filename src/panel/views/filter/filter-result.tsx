import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { wholeNumber } from '../../format.ts';
import { t } from '../../i18n.ts';
import { useModel } from '../context.ts';

/** ms without a key, after which somebody who types wants to know */
const PATIENCE = 600;

/** Tells whoever listens how many frames a new filter has found: once, and not again with each frame that comes. */
export function FilterResult(): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const { filter } = model;
  const text = filter.text.value;
  const isReady = filter.isSettled && filter.problem.value === undefined;
  const [said, setSaid] = useState({ about: text, words: '' });
  useEffect(() => {
    if (!isReady || text === said.about) return undefined;
    const timer = setTimeout(() => {
      setSaid({ about: text, words: t('filterResult', wholeNumber(filter.found)) });
    }, PATIENCE);
    return () => clearTimeout(timer);
  }, [isReady, text, said.about, filter]);
  return (
    <div class="for-readers" role="status">
      {said.words}
    </div>
  );
}
