import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { type Delivery, sendToSeveral } from '../../model/composer/sending.ts';
import { wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { shownUrl } from '../../words/urls.ts';
import { useModel } from '../context.ts';

/** Sends the message to several sockets, and says of each what came of it. */
export function SeveralForm({ onDone }: { readonly onDone: () => void }): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('input:enabled, button')?.focus(), []);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [deliveries, setDeliveries] = useState<readonly Delivery[]>([]);
  const open = model.sockets().filter((socket) => socket.isOpen && !socket.readOnly);
  const outcome = new Map(deliveries.map((delivery) => [delivery.socket, delivery]));
  // A socket that has closed since stays, with what came of it.
  const listed = [
    ...open,
    ...deliveries.map(({ socket }) => socket).filter((socket) => !open.includes(socket)),
  ];
  const chosen = open.filter(({ number }) => !left.has(number));
  const choose = (number: number, isChosen: boolean) => {
    const next = new Set(left);
    if (isChosen) next.delete(number);
    else next.add(number);
    setLeft(next);
  };
  return (
    <form
      ref={form}
      class="close-form"
      aria-label={t('several')}
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.length > 0) void sendToSeveral(model, chosen).then(setDeliveries);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation(); // DevTools open their drawer on Escape
        onDone();
      }}
    >
      <ul class="several" aria-label={t('severalSockets')}>
        {listed.map(({ number, record, isOpen }, at) => {
          const socket = listed[at];
          const delivery = socket && outcome.get(socket);
          const { path, host } = shownUrl(record.url);
          return (
            <li key={number}>
              <label class="check">
                <input
                  type="checkbox"
                  checked={isOpen && !left.has(number)}
                  disabled={!isOpen}
                  onChange={(event) => choose(number, event.currentTarget.checked)}
                />
                {`${path} · ${host} · #${number}`}
              </label>
              {delivery && (
                <span class={delivery.problem === undefined ? 'dim' : 'is-wrong'}>
                  {delivery.problem ?? t('severalSent')}
                </span>
              )}
            </li>
          );
        })}
        {listed.length === 0 && <li class="dim">{t('noOpenSocket')}</li>}
      </ul>
      <button type="submit" class="pill is-main" disabled={chosen.length === 0}>
        {t('severalSend', wholeNumber(chosen.length))}
      </button>
      <button type="button" class="pill" onClick={onDone}>
        {t('formDone')}
      </button>
    </form>
  );
}
