import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ReadyState } from '../../protocol/sockets.ts';
import { byteCount } from '../format.ts';
import { t } from '../i18n.ts';
import { closeProblem, closeSocket, sendDraft } from '../model/actions.ts';
import type { ComposerFormat, DraftState } from '../model/composer.ts';
import type { PanelSocket } from '../session/sockets.ts';
import { jsonErrorText, readOnlyText, readyStateName } from '../words.ts';
import { useModel } from './context.ts';
import { TargetChoice } from './target-choice.tsx';

export function ComposerPane(): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const { composer } = model;
  const [isClosing, setClosing] = useState(false);
  const target = model.target();
  const reason = target && readOnlyText(target.document);
  const canClose = target !== undefined && !reason && target.readyState < ReadyState.closing;
  return (
    <section class="pane composer" aria-label={t('composer')}>
      <header class="pane-header">
        <h2>{t('composer')}</h2>
        <TargetChoice label={t('composerTarget')} />
        <select
          aria-label={t('composerFormat')}
          value={composer.format.value}
          onChange={(event) => {
            composer.format.value = event.currentTarget.value as ComposerFormat;
          }}
        >
          <option value="text">{t('formatText')}</option>
          <option value="base64">{t('formatBase64')}</option>
          <option value="hex">{t('formatHex')}</option>
        </select>
      </header>
      <MessageBox />
      <DraftNote state={composer.state.value} target={target} />
      {isClosing && target ? (
        <CloseForm socket={target} onDone={() => setClosing(false)} />
      ) : (
        <div class="composer-actions">
          <button
            type="button"
            class={target?.isOpen && !reason ? 'pill is-main' : 'pill'}
            title={reason ?? t('sendTip')}
            disabled={reason !== undefined}
            onClick={() => void sendDraft(model, 'send')}
          >
            {t('send')}
          </button>
          <button
            type="button"
            class="pill"
            title={reason ?? t('injectTip')}
            disabled={reason !== undefined}
            onClick={() => void sendDraft(model, 'inject')}
          >
            {t('inject')}
          </button>
          <button
            type="button"
            class="pill is-danger"
            title={reason}
            disabled={!canClose}
            aria-expanded={false}
            onClick={() => setClosing(true)}
          >
            {t('closeSocket')}
          </button>
        </div>
      )}
    </section>
  );
}

function MessageBox(): JSX.Element {
  const model = useModel();
  const { composer } = model;
  const box = useRef<HTMLTextAreaElement>(null);
  const requests = composer.focusRequests.value;
  useEffect(() => {
    if (requests > 0) box.current?.focus();
  }, [requests]);
  return (
    <textarea
      ref={box}
      class="message"
      aria-label={t('message')}
      aria-describedby="draft-note"
      spellcheck={false}
      placeholder={t('messagePlaceholder')}
      value={composer.text.value}
      onInput={(event) => {
        composer.text.value = event.currentTarget.value;
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        void sendDraft(model, event.shiftKey ? 'inject' : 'send');
      }}
    />
  );
}

interface DraftNoteProps {
  readonly state: DraftState;
  readonly target: PanelSocket | undefined;
}

/** What the draft is, checked as it is typed, and whether its target can take it. */
function DraftNote({ state, target }: DraftNoteProps): JSX.Element {
  const isWrong = state.type === 'broken-json' || state.type === 'not-bytes';
  const closed = target?.readOnly
    ? t('targetReadOnly')
    : target && !target.isOpen
      ? t('targetNotOpen', readyStateName(target.readyState))
      : '';
  return (
    <p id="draft-note" class={`draft-note ${isWrong ? 'is-wrong' : ''}`}>
      <span>{draftText(state)}</span>
      {closed && <span class="is-wrong">{closed}</span>}
    </p>
  );
}

function draftText(state: DraftState): string {
  switch (state.type) {
    case 'empty':
      return t('draftEmpty');
    case 'text':
      return t('draftText', byteCount(state.size));
    case 'json':
      return t('draftJson', byteCount(state.size));
    case 'broken-json':
      return t('draftBrokenJson', jsonErrorText(state.error));
    case 'bytes':
      return t('draftBytes', byteCount(state.size));
    case 'not-bytes':
      return t(state.format === 'hex' ? 'draftNotHex' : 'draftNotBase64', state.offset + 1);
  }
}

interface CloseFormProps {
  readonly socket: PanelSocket;
  readonly onDone: () => void;
}

/** Code and reason of a close, checked as they are typed. */
function CloseForm({ socket, onDone }: CloseFormProps): JSX.Element {
  const model = useModel();
  const [code, setCode] = useState('1000');
  const [reason, setReason] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const wanted = code.trim() === '' ? undefined : Number(code);
  const problem = closeProblem(wanted, reason);
  useEffect(() => first.current?.select(), []);

  const submit = async (event: Event) => {
    event.preventDefault();
    if (await closeSocket(model, socket, wanted, reason)) onDone();
  };

  return (
    <form
      class="close-form"
      aria-label={t('closeForm')}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation(); // DevTools open their drawer on Escape
        onDone();
      }}
    >
      <label>
        {t('closeCode')}
        <input
          ref={first}
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
    </form>
  );
}
