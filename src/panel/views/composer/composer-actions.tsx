import type { JSX } from 'preact';
import { useCallback, useState } from 'preact/hooks';
import { summarise } from '../../../decoders/summary.ts';
import { ReadyState } from '../../../protocol/sockets.ts';
import { deskOf } from '../../model/composer/desk.ts';
import { forgetHistory } from '../../model/composer/history-undo.ts';
import { sendDraft } from '../../model/composer/sending.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { timeAndOtherDate, wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { readOnlyText } from '../../words/words.ts';
import { useModel } from '../context.ts';
import { Menu, type MenuEntry, type MenuPlace } from '../controls/menu.tsx';

/** What can replace the buttons or cover the editor. */
export type ComposerForm = 'close' | 'repeat' | 'several' | 'save' | 'saved';

interface ComposerActionsProps {
  readonly target: PanelSocket | undefined;
  readonly onForm: (form: ComposerForm) => void;
}

export function ComposerActions({ target, onForm }: ComposerActionsProps): JSX.Element {
  const model = useModel();
  void model.recorded.value; // the target may have closed
  const reason = target && readOnlyText(target.document);
  const canClose = target !== undefined && !reason && target.readyState < ReadyState.closing;
  return (
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
      <MenuButton
        label={t('history')}
        title={t('historyTip')}
        entries={() => historyEntries(model, target)}
      />
      <MenuButton
        label={t('composerMore')}
        opens="more"
        title={t('composerMoreTip')}
        entries={() => moreEntries(onForm)}
      />
      <Repeating />
      <button
        type="button"
        class="pill is-danger"
        title={reason}
        disabled={!canClose}
        aria-expanded={false}
        data-opens="close"
        onClick={() => onForm('close')}
      >
        {t('closeSocket')}
      </button>
    </div>
  );
}

interface MenuButtonProps {
  readonly label: string;
  readonly title: string;
  readonly opens?: string;
  readonly entries: () => readonly MenuEntry[];
}

function MenuButton({ label, title, opens, entries }: MenuButtonProps): JSX.Element {
  const [place, setPlace] = useState<MenuPlace>();
  const close = useCallback(() => setPlace(undefined), []);
  return (
    <>
      <button
        type="button"
        class="pill"
        aria-haspopup="menu"
        data-opens={opens}
        aria-expanded={place !== undefined}
        title={title}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          setPlace({ x: left, y: bottom + 2 });
        }}
      >
        {label}
      </button>
      {place && <Menu label={label} entries={entries()} place={place} onClose={close} />}
    </>
  );
}

/** characters of a message in the menu */
const SUMMARY = 60;
const MOST_ENTRIES = 20;

function historyEntries(model: PanelModel, target: PanelSocket | undefined): MenuEntry[] {
  const { history } = deskOf(model);
  const messages = history.of(target?.record.url);
  if (messages.length === 0 || !target)
    return [{ type: 'item', label: t('historyEmpty'), disabled: true, run }];
  return [
    ...messages.slice(0, MOST_ENTRIES).map(
      (message): MenuEntry => ({
        type: 'item',
        label: summarise(message.text, SUMMARY),
        hint: timeAndOtherDate(message.at),
        run: () => {
          model.composer.take(message);
          model.composer.focusRequests.value++;
        },
      }),
    ),
    { type: 'heading', label: t('historyOfOrigin') },
    { type: 'item', label: t('historyForget'), run: () => forgetHistory(model, target.record.url) },
  ];

  function run(): void {}
}

function moreEntries(onForm: (form: ComposerForm) => void): MenuEntry[] {
  return [
    { type: 'item', label: t('several'), run: () => onForm('several') },
    { type: 'item', label: t('repeat'), run: () => onForm('repeat') },
    { type: 'heading', label: t('saved') },
    { type: 'item', label: t('saveMessage'), run: () => onForm('save') },
    { type: 'item', label: t('savedShow'), run: () => onForm('saved') },
  ];
}

/** A running repetition must be visible everywhere in the composer. */
function Repeating(): JSX.Element | null {
  const { repeater } = deskOf(useModel());
  const state = repeater.state.value;
  if (state.type !== 'running') return null;
  return (
    <button type="button" class="pill is-danger" onClick={() => repeater.stop()}>
      {t('repeatStop', wholeNumber(state.sent))}
    </button>
  );
}
