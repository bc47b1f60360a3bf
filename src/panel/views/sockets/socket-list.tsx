import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import { ReadyState } from '../../../protocol/sockets.ts';
import { wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import type { MenuPlace } from '../controls/menu.tsx';
import { lazily } from '../lazily.tsx';
import { useLoaded } from '../loaded.ts';
import { WorkerSwitch } from '../settings/worker-switch.tsx';

const SocketOptions = lazily(async () => (await import('./socket-options.tsx')).SocketOptions, {
  isFirst: true,
});
const UnseenNote = lazily(async () => (await import('./unseen-note.tsx')).UnseenNote);
const loadMenus = () => import('./socket-menu.tsx');

export function SocketList(): JSX.Element {
  const model = useModel();
  void model.recorded.value;
  const sockets = model.shelf.shown();
  const hidden = model.shelf.hidden();
  const open = sockets.filter(({ isOpen, isLostFromSight }) => isOpen && !isLostFromSight).length;
  const closed = sockets.filter(({ readyState }) => readyState === ReadyState.closed).length;
  const isNarrowed = model.filter.socket.value !== undefined;
  return (
    <section id="pane-sockets" class="pane sockets" aria-label={t('socketsPane')}>
      <header class="pane-header">
        <h2>{t('sockets')}</h2>
        <WorkerSwitch />
        {isNarrowed ? (
          <button
            type="button"
            class="link"
            onClick={() => {
              model.viewActions.do('focus-sockets'); // the button is about to go
              model.shownLine.showSocket(undefined);
            }}
          >
            {t('showAllSockets')}
          </button>
        ) : (
          <SocketCounts open={open} closed={closed} />
        )}
        <OrderButton />
      </header>
      <SocketOptions />
      {hidden.length > 0 && (
        <footer class="hidden-sockets">
          <span>{t('hiddenSockets', wholeNumber(hidden.length))}</span>
          <button
            type="button"
            class="link"
            onClick={() => {
              model.viewActions.do('focus-sockets'); // the button is about to go
              model.shelf.marks.show(hidden);
            }}
          >
            {t('showHiddenSockets')}
          </button>
        </footer>
      )}
      <UnseenNote />
    </section>
  );
}

interface SocketCountsProps {
  readonly open: number;
  readonly closed: number;
}

/** Each count has a line of its own where there is no room for it, and only the first line is seen: none is cut in the middle. */
function SocketCounts({ open, closed }: SocketCountsProps): JSX.Element {
  const words = [t('socketsOpen', open), t('socketsClosed', closed)] as const;
  return (
    <span class="dim socket-counts" title={words.join(' · ')}>
      <span>{words[0]}</span>
      <span>{` · ${words[1]}`}</span>
    </span>
  );
}

/** In which order the sockets stand. */
function OrderButton(): JSX.Element {
  const [place, setPlace] = useState<MenuPlace>();
  const loaded = useLoaded(place !== undefined, loadMenus);
  const close = useCallback(() => setPlace(undefined), []);
  return (
    <>
      <button
        type="button"
        class="link order-button"
        aria-label={t('socketOrder')}
        aria-haspopup="menu"
        aria-expanded={place !== undefined}
        title={t('socketOrder')}
        onClick={({ currentTarget }) => {
          const { left, bottom } = currentTarget.getBoundingClientRect();
          setPlace({ x: left, y: bottom + 2 });
        }}
      >
        ⇅
      </button>
      {place && loaded && <loaded.OrderMenu place={place} onClose={close} />}
    </>
  );
}
