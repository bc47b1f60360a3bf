import type { JSX, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { ReadyState } from '../../../protocol/sockets.ts';
import { targetOf } from '../../model/acting/target.ts';
import { type ComposerFormat, draftOwner } from '../../model/composer/composer.ts';
import { deskOf } from '../../model/composer/desk.ts';
import { inFormat } from '../../model/composer/formats.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { CheckBox } from '../controls/check-box.tsx';
import { TargetChoice } from '../controls/target-choice.tsx';
import { CloseForm } from './close-form.tsx';
import { ComposerActions, type ComposerForm } from './composer-actions.tsx';
import { DraftNote } from './draft-note.tsx';
import { MessageEditor } from './message-editor.tsx';
import { RepeatForm } from './repeat-form.tsx';
import { SaveForm } from './save-form.tsx';
import { SavedMessages } from './saved-messages.tsx';
import { SeveralForm } from './several-form.tsx';

/** Where messages are written and sent, and sockets closed. */
export function ComposerPane(): JSX.Element {
  const model = useModel();
  void model.recorded.value;
  const target = targetOf(model);
  const [opened, setOpened] = useState<OpenedForm>();
  // Who chooses another socket no longer means to close this one; if it has closed by itself, the form says so.
  const isOver = opened?.form === 'close' && opened.socket !== target && !isClosing(opened.socket);
  const form = isOver ? undefined : opened?.form;
  useLayoutEffect(() => {
    if (isOver) setOpened(undefined);
  }, [isOver]);
  const owner = draftOwner(target?.record.url);
  useLayoutEffect(() => {
    deskOf(model);
    model.composer.follow(owner);
  }, [model, owner]);
  useEffect(() => deskOf(model).repeater.look());
  const pane = useRef<HTMLElement>(null);
  useKeyboardBack(pane, form);
  const done = () => setOpened(undefined);
  return (
    <section
      ref={pane}
      class="pane composer"
      aria-label={t('composer')}
      // On macOS a click focuses no button in Firefox, but what is around it: else a low composer would shrink under the mouse (narrow.css).
      tabIndex={-1}
    >
      <header class="pane-header">
        <h2>{t('composer')}</h2>
        <TemplateSwitch />
        <TargetChoice label={t('composerTarget')} />
        <FormatChoice />
      </header>
      <MessageEditor />
      <DraftNote target={target} />
      {form === undefined || form === 'saved' ? (
        <ComposerActions target={target} onForm={(wanted) => setOpened({ form: wanted, socket: target })} />
      ) : (
        <Form form={form} socket={opened?.socket} onDone={done} />
      )}
      {form === 'saved' && <SavedMessages onDone={done} />}
    </section>
  );
}

interface OpenedForm {
  readonly form: ComposerForm;
  /** That messages went to when it was opened. */
  readonly socket: PanelSocket | undefined;
}

function isClosing(socket: PanelSocket | undefined): boolean {
  return socket !== undefined && socket.readyState >= ReadyState.closing;
}

/**
 * When a focused form closes, the focus returns to the button that opened it or, if that is disabled, to the one before: at once, because a
 * key that is pressed without a focus goes to DevTools.
 */
function useKeyboardBack(pane: RefObject<HTMLElement | null>, form: ComposerForm | undefined): void {
  const before = useRef(form);
  useLayoutEffect(() => {
    const gone = form === undefined ? before.current : undefined;
    before.current = form;
    if (gone === undefined || document.activeElement !== document.body) return;
    const buttons = [...(pane.current?.querySelectorAll<HTMLButtonElement>('[data-opens]') ?? [])];
    const opener = buttons.find(({ dataset, disabled }) => dataset.opens === gone && !disabled);
    (opener ?? buttons[0])?.focus();
  }, [form]);
}

interface FormProps {
  readonly form: Exclude<ComposerForm, 'saved'>;
  /** That it was opened for. */
  readonly socket: PanelSocket | undefined;
  readonly onDone: () => void;
}

function Form({ form, socket, onDone }: FormProps): JSX.Element | null {
  switch (form) {
    case 'close':
      return socket ? <CloseForm socket={socket} onDone={onDone} /> : null;
    case 'repeat':
      return <RepeatForm onDone={onDone} />;
    case 'several':
      return <SeveralForm onDone={onDone} />;
    case 'save':
      return <SaveForm onDone={onDone} />;
  }
}

function TemplateSwitch(): JSX.Element {
  const uses = useModel().settings.of(SETTINGS.usesTemplates);
  return (
    <CheckBox
      title={t('templatesTip')}
      isChecked={uses.value}
      onChange={(isChecked) => {
        uses.value = isChecked;
      }}
    >
      {t('templates')}
    </CheckBox>
  );
}

function FormatChoice(): JSX.Element {
  const { composer } = useModel();
  return (
    <select
      class="format"
      aria-label={t('composerFormat')}
      value={composer.format.value}
      onChange={(event) => {
        const wanted = event.currentTarget.value as ComposerFormat;
        const { draft, change } = inFormat(composer.draft, wanted);
        composer.changeFormat(draft, change);
      }}
    >
      <option value="text">{t('formatText')}</option>
      <option value="json">{t('formatJson')}</option>
      <option value="base64">{t('formatBase64')}</option>
      <option value="hex">{t('formatHex')}</option>
    </select>
  );
}
