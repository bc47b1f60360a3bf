import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { summarise } from '../../../decoders/summary.ts';
import { moveMessage, type SavedPlace, savedOf, saveMessage } from '../../model/composer/library.ts';
import type { SavedMessage } from '../../settings/schema.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { ActionForm } from './action-form.tsx';

interface SaveFormProps {
  /** @param place new folder and name of the message; undefined if they are unchanged */
  readonly onDone: (place?: SavedPlace) => void;
  /** A saved message to be renamed or moved; without it, the draft is saved. */
  readonly message?: SavedMessage | undefined;
}

/** characters */
const NAME = 40;

/** Name and folder of a saved message. */
export function SaveForm({ onDone, message }: SaveFormProps): JSX.Element {
  const model = useModel();
  const { draft } = model.composer;
  const [name, setName] = useState(message?.name ?? summarise(draft.text, NAME));
  const [folder, setFolder] = useState(message?.folder ?? '');
  const folders = [...new Set(savedOf(model).map((saved) => saved.folder))].filter(Boolean);
  const isSound = name.trim() !== '';
  const submit = () => {
    if (!isSound) return;
    const place = { name: name.trim(), folder: folder.trim() };
    if (message) onDone(moveMessage(model, message, place));
    else {
      saveMessage(model, { ...draft, ...place });
      onDone();
    }
  };
  return (
    <ActionForm label={t(message ? 'savedMove' : 'saveMessage')} onSubmit={submit} onDone={() => onDone()}>
      <label class="grows">
        {t('savedName')}
        <input
          type="text"
          value={name}
          aria-invalid={!isSound}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label class="grows">
        {t('savedFolder')}
        <input
          type="text"
          list="saved-folders"
          value={folder}
          placeholder={t('savedNoFolder')}
          onInput={(event) => setFolder(event.currentTarget.value)}
        />
      </label>
      <datalist id="saved-folders">
        {folders.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      <button type="submit" class="pill is-main" disabled={!isSound}>
        {t('save')}
      </button>
      <button type="button" class="pill" onClick={() => onDone()}>
        {t('cancel')}
      </button>
    </ActionForm>
  );
}
