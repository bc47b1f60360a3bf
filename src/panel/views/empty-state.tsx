import type { JSX } from 'preact';
import { chordText } from '../commands/chord.ts';
import { COMMANDS } from '../commands/table.ts';
import type { PanelModel } from '../model/panel-model.ts';
import type { Obstacle } from '../session/documents/obstacle.ts';
import { type MessageKey, t } from '../words/i18n.ts';
import { useModel } from './context.ts';
import { EmptyBox } from './controls/empty-box.tsx';

/** Why there is nothing to see. */
export type Situation = Obstacle | 'paused' | 'no-frames';

interface Advice {
  readonly title: MessageKey;
  readonly text: MessageKey;
  readonly button?: AdviceButton;
}

interface AdviceButton {
  readonly label: MessageKey;
  readonly act: 'reload' | 'capture' | 'grant' | 'reconnect' | 'resume';
}

/** The page is older than the extension, and the browser allows capturing it without a reload. */
const OLDER_PAGE: Advice = {
  title: 'noHookTitle',
  text: 'olderPageText',
  button: { label: 'reloadPage', act: 'reload' },
};
const CAPTURE: AdviceButton = { label: 'captureOlderPage', act: 'capture' };

const ADVICE: Readonly<Record<Situation, Advice>> = {
  none: { title: 'noSocketsTitle', text: 'noSocketsText', button: { label: 'reloadPage', act: 'reload' } },
  paused: { title: 'pausedTitle', text: 'pausedText', button: { label: 'resume', act: 'resume' } },
  'no-frames': { title: 'noFramesTitle', text: 'noFramesText' },
  looking: { title: 'lookingTitle', text: 'lookingText' },
  'no-hook': { title: 'noHookTitle', text: 'noHookText', button: { label: 'reloadPage', act: 'reload' } },
  forbidden: { title: 'forbiddenTitle', text: 'forbiddenText' },
  'no-permission': {
    title: 'noPermissionTitle',
    text: 'noPermissionText',
    button: { label: 'grantPermission', act: 'grant' },
  },
  replaced: { title: 'replacedTitle', text: 'replacedText', button: { label: 'takeBack', act: 'reconnect' } },
  outdated: { title: 'outdatedTitle', text: 'outdatedText', button: { label: 'reloadPage', act: 'reload' } },
  'connection-lost': {
    title: 'connectionLostTitle',
    text: 'connectionLostText',
    button: { label: 'tryAgain', act: 'reconnect' },
  },
};

/** Says why there is nothing to see and what the user can do about it. Large if there is room, otherwise a bar above the frames. */
export function EmptyState({ asBar }: { readonly asBar: boolean }): JSX.Element {
  const model = useModel();
  const situation = situationOf(model);
  const isOlder = situation === 'no-hook' && model.session.canCaptureOlderPage;
  const { title, text, button } = isOlder ? OLDER_PAGE : ADVICE[situation];
  const advice = (
    <>
      <strong>{t(title)}</strong>
      <p>{t(isOlder && asBar ? 'olderPageShort' : text)}</p>
      {button && <ActButton {...button} />}
      {isOlder && <ActButton {...CAPTURE} />}
    </>
  );
  if (asBar) {
    return (
      <div class="obstacle-bar" role="note">
        {advice}
      </div>
    );
  }
  return (
    <EmptyBox>
      {advice}
      {situation === 'none' && <FirstSteps />}
    </EmptyBox>
  );
}

/** The same in one text. */
export function situationWords(situation: Situation): string {
  const { title, text } = ADVICE[situation];
  return `${t(title)}. ${t(text)}`;
}

function ActButton({ label, act: what }: AdviceButton): JSX.Element {
  const model = useModel();
  return (
    <button type="button" class="pill" onClick={() => act(model, what)}>
      {t(label)}
    </button>
  );
}

function situationOf(model: PanelModel): Situation {
  const obstacle = model.obstacle.value;
  if (obstacle !== 'none') return obstacle;
  if (model.isPaused.value) return 'paused';
  void model.recorded.value;
  return model.sockets().length > 0 ? 'no-frames' : 'none';
}

function act(model: PanelModel, what: AdviceButton['act']): void {
  switch (what) {
    case 'reload':
      return model.session.reloadPage();
    case 'capture':
      return void import('../model/older-page.ts').then((it) => it.captureOlderPage(model));
    case 'grant':
      return model.session.openPermissionPage();
    case 'reconnect':
      return model.session.reconnect();
    case 'resume':
      return model.setPaused(false);
  }
}

/** What a user who sees the panel for the first time needs to know. */
function FirstSteps(): JSX.Element {
  const keys = ({ chords }: typeof COMMANDS.palette | typeof COMMANDS.keys) => chordText(chords[0]);
  return (
    <ol class="first-steps">
      <li>{t('teachRead')}</li>
      <li>{t('teachAct')}</li>
      <li>{t('teachKeys', keys(COMMANDS.palette), keys(COMMANDS.keys))}</li>
    </ol>
  );
}
