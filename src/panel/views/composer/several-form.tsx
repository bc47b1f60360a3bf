import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { type Delivery, sendToSeveral } from '../../model/composer/sending.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { counted, wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { shownUrl } from '../../words/urls.ts';
import { useModel } from '../context.ts';
import { CheckBox } from '../controls/check-box.tsx';
import { ActionForm } from './action-form.tsx';

/** Sockets that are shown; a page can have thousands, which are found by a part of their address. */
const MOST_SHOWN = 50;
/** Number of sockets above which there is a field to search them. */
const FEW = 8;

/** Sends the message to several sockets and shows the outcome for each. */
export function SeveralForm({ onDone }: { readonly onDone: () => void }): JSX.Element {
  const model = useModel();
  void model.recorded.value;
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [deliveries, setDeliveries] = useState<readonly Delivery[]>([]);
  const [wanted, setWanted] = useState('');
  const open = model.sockets().filter((socket) => socket.isOpen && !socket.readOnly);
  // Only visible sockets are sent to: after a search, those found are meant.
  const found = open.filter((socket) => isNamed(socket, wanted));
  const chosen = found.filter(({ number }) => !left.has(number));
  const listed = withDeliveries(open, deliveries).filter(({ socket }) => isNamed(socket, wanted));
  const choose = (sockets: readonly PanelSocket[], isChosen: boolean) => {
    const next = new Set(left);
    for (const { number } of sockets) {
      if (isChosen) next.delete(number);
      else next.add(number);
    }
    setLeft(next);
  };
  return (
    <ActionForm
      label={t('several')}
      onSubmit={() => {
        if (chosen.length > 0) void sendToSeveral(model, chosen).then(setDeliveries);
      }}
      onDone={onDone}
    >
      {open.length > FEW && <Finder wanted={wanted} onWanted={setWanted} />}
      {open.length > 1 && (
        <AllBox found={found} left={left} onChoose={(sockets, isChosen) => choose(sockets, isChosen)} />
      )}
      <ul class="several" aria-label={t('severalSockets')}>
        {listed.slice(0, MOST_SHOWN).map(({ socket, delivery }) => (
          <Line
            key={socket.number}
            socket={socket}
            delivery={delivery}
            isChosen={!left.has(socket.number)}
            onChoose={(isChosen) => choose([socket], isChosen)}
          />
        ))}
        {listed.length > MOST_SHOWN && (
          <li class="dim">{counted(listed.length - MOST_SHOWN, 'severalMoreOne', 'severalMore')}</li>
        )}
        {listed.length === 0 && <li class="dim">{t(wanted === '' ? 'noOpenSocket' : 'severalNone')}</li>}
      </ul>
      <button type="submit" class="pill is-main" disabled={chosen.length === 0}>
        {t('severalSend', wholeNumber(chosen.length))}
      </button>
      <button type="button" class="pill" onClick={onDone}>
        {t('formDone')}
      </button>
    </ActionForm>
  );
}

interface ListedSocket {
  readonly socket: PanelSocket;
  readonly delivery: Delivery | undefined;
}

/** Failures come first; a socket that has closed since stays with its outcome. */
function withDeliveries(open: readonly PanelSocket[], deliveries: readonly Delivery[]): ListedSocket[] {
  if (deliveries.length === 0) return open.map((socket) => ({ socket, delivery: undefined }));
  const failed = deliveries.filter(({ problem }) => problem !== undefined);
  const sent = deliveries.filter(({ problem }) => problem === undefined);
  const known = new Set(deliveries.map(({ socket }) => socket));
  return [
    ...[...failed, ...sent].map((delivery) => ({ socket: delivery.socket, delivery })),
    ...open.filter((socket) => !known.has(socket)).map((socket) => ({ socket, delivery: undefined })),
  ];
}

function isNamed(socket: PanelSocket, wanted: string): boolean {
  return wanted === '' || nameOf(socket).toLowerCase().includes(wanted.trim().toLowerCase());
}

function nameOf({ number, record }: PanelSocket): string {
  const { path, host } = shownUrl(record.url);
  return `${path} · ${host} · #${number}`;
}

interface FinderProps {
  readonly wanted: string;
  readonly onWanted: (wanted: string) => void;
}

function Finder({ wanted, onWanted }: FinderProps): JSX.Element {
  return (
    <input
      type="search"
      class="several-find"
      aria-label={t('severalFind')}
      placeholder={t('severalFind')}
      value={wanted}
      onInput={(event) => onWanted(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.preventDefault(); // a search is not yet meant to send
      }}
    />
  );
}

interface AllBoxProps {
  /** The sockets that match the search. */
  readonly found: readonly PanelSocket[];
  readonly left: ReadonlySet<number>;
  readonly onChoose: (sockets: readonly PanelSocket[], isChosen: boolean) => void;
}

function AllBox({ found, left, onChoose }: AllBoxProps): JSX.Element {
  const chosen = found.filter(({ number }) => !left.has(number)).length;
  const isWhole = chosen === found.length && chosen > 0;
  return (
    <CheckBox
      isChecked={isWhole}
      isMixed={chosen > 0 && !isWhole}
      isDisabled={found.length === 0}
      onChange={(isChosen) => onChoose(found, isChosen)}
    >
      {t('severalAll', wholeNumber(found.length))}
    </CheckBox>
  );
}

interface LineProps {
  readonly socket: PanelSocket;
  readonly delivery: Delivery | undefined;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}

function Line({ socket, delivery, isChosen, onChoose }: LineProps): JSX.Element {
  return (
    <li>
      <CheckBox isChecked={socket.isOpen && isChosen} isDisabled={!socket.isOpen} onChange={onChoose}>
        {nameOf(socket)}
      </CheckBox>
      {delivery && (
        <span class={delivery.problem === undefined ? 'dim' : 'is-wrong'}>
          {delivery.problem ?? t('severalSent')}
        </span>
      )}
    </li>
  );
}
