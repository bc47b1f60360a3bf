import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ReadyState } from '../../../protocol/sockets.ts';
import { t } from '../../i18n.ts';
import type { ComposerFormat } from '../../model/composer/composer.ts';
import { sendDraft } from '../../model/composer/sending.ts';
import { readOnlyText } from '../../words.ts';
import { useModel } from '../context.ts';
import { TargetChoice } from '../target-choice.tsx';
import { CloseForm } from './close-form.tsx';
import { DraftNote } from './draft-note.tsx';
import { MessageEditor } from './message-editor.tsx';

/** Where messages are written and sent, and sockets closed. */
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
          <option value="json">{t('formatJson')}</option>
          <option value="base64">{t('formatBase64')}</option>
          <option value="hex">{t('formatHex')}</option>
        </select>
      </header>
      <MessageEditor />
      <DraftNote target={target} />
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
