import type { JSX } from 'preact';
import { useCallback, useRef, useState } from 'preact/hooks';
import { SETTINGS } from '../../settings/schema.ts';
import { hidesTypes } from '../../settings/shown-types.ts';
import { t } from '../../words/i18n.ts';
import { useViewAction } from '../commands/use-view-action.ts';
import { useModel } from '../context.ts';
import { onEscape } from '../controls/on-escape.ts';
import { lazily } from '../lazily.tsx';

const TypesMenu = lazily(async () => (await import('./types-menu.tsx')).TypesMenu);

const POPOVER = 'types-menu';
/** px; as in the style sheet */
const WIDTH = 380;
/** px that are left free around it */
const MARGIN = 8;

/** Opens which message types there are, and which of them are seen. */
export function TypesButton(): JSX.Element {
  const { settings } = useModel();
  const button = useRef<HTMLButtonElement>(null);
  const popover = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const isLimited = hidesTypes(settings.of(SETTINGS.shownTypes).value);
  useViewAction('open-types', () => popover.current?.showPopover());
  const close = useCallback(() => popover.current?.hidePopover(), []);
  return (
    <>
      <button
        ref={button}
        type="button"
        class={isLimited ? 'segment types-button is-limited' : 'segment types-button'}
        popovertarget={POPOVER}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        title={t('typesTip')}
        onKeyDown={isOpen ? onEscape(close) : undefined}
      >
        {t('types')}
      </button>
      <div
        ref={popover}
        id={POPOVER}
        class="types"
        popover="auto"
        role="dialog"
        aria-label={t('messageTypes')}
        onBeforeToggle={() => place(popover.current, button.current)}
        onToggle={(event) => setOpen(event.newState === 'open')}
        onKeyDown={onEscape(close)}
      >
        {isOpen && <TypesMenu />}
      </div>
    </>
  );
}

/** Below the button, and within the panel. */
function place(popover: HTMLElement | null, button: HTMLElement | null): void {
  const { left = 0, bottom = 0 } = button?.getBoundingClientRect() ?? {};
  const most = Math.max(MARGIN, innerWidth - Math.min(WIDTH, innerWidth - 2 * MARGIN) - MARGIN);
  popover?.style.setProperty('left', `${Math.min(left, most)}px`);
  popover?.style.setProperty('top', `${bottom + 2}px`);
  popover?.style.setProperty('max-height', `calc(100vh - ${bottom + 2 + MARGIN}px)`);
}
