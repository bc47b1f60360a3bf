import type { JSX } from 'preact';
import { wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import type { VirtualScroll } from '../controls/virtual-scroll.ts';

interface JumpToNewestProps {
  readonly scroll: VirtualScroll;
  /** They are at the top. */
  readonly isUp: boolean;
}

/** Leads to the newest rows, and says how many of them have not been seen. */
export function JumpToNewest({ scroll, isUp }: JumpToNewestProps): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const words = scroll.unseen > 0 ? t('jumpToNew', wholeNumber(scroll.unseen)) : t('jumpToNewest');
  return (
    <div class={isUp ? 'jump-place is-up' : 'jump-place'}>
      <button
        type="button"
        class="jump-to-newest"
        onClick={() => {
          // The button is about to go, and the focus would go with it.
          model.viewActions.do('focus-frames');
          scroll.scrollToEdge();
          model.touch();
        }}
      >
        {`${isUp ? '↑' : '↓'} ${words}`}
      </button>
    </div>
  );
}
