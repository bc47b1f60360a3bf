import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { closeProblem, closeSocket, overText } from '../../model/composer/closing.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { ActionForm } from './action-form.tsx';

interface CloseFormProps {
  readonly socket: PanelSocket;
  readonly onDone: () => void;
}

/** Code and reason of a close, checked as they are typed. */
export function CloseForm({ socket, onDone }: CloseFormProps): JSX.Element {
  const model = useModel();
  void model.recorded.value; // the socket may close by itself
  const [code, setCode] = useState('1000');
  const [reason, setReason] = useState('');
  const wanted = code.trim() === '' ? undefined : /^\d+$/.test(code.trim()) ? Number(code) : Number.NaN;
  const problem = overText(socket) ?? closeProblem(wanted, reason);

  const submit = async () => {
    if (await closeSocket(model, socket, wanted, reason)) onDone();
  };

  return (
    <ActionForm label={t('closeForm')} onSubmit={() => void submit()} onDone={onDone}>
      <label>
        {t('closeCode')}
        <input
          type="text"
          inputMode="numeric"
          size={5}
          value={code}
          placeholder={t('closeCodeNone')}
          aria-invalid={problem !== undefined}
          onInput={(event) => setCode(event.currentTarget.value)}
        />
      </label>
      <label class="grows">
        {t('closeReason')}
        <input type="text" value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <button type="submit" class="pill is-danger" disabled={problem !== undefined}>
        {t('closeNow')}
      </button>
      <button type="button" class="pill" onClick={onDone}>
        {t('cancel')}
      </button>
      <p class="draft-note is-wrong" role="alert">
        {problem}
      </p>
    </ActionForm>
  );
}
