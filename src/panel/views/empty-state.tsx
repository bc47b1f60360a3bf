import type { JSX } from 'preact';
import { type MessageKey, t } from '../i18n.ts';
import type { Obstacle } from '../session/session.ts';
import { useModel } from './context.ts';

interface Advice {
  readonly title: MessageKey;
  readonly text: MessageKey;
  readonly button?: { readonly label: MessageKey; readonly act: 'reload' | 'grant' | 'reconnect' };
}

const ADVICE: Readonly<Record<Obstacle, Advice>> = {
  none: { title: 'noSocketsTitle', text: 'noSocketsText', button: { label: 'reloadPage', act: 'reload' } },
  looking: { title: 'lookingTitle', text: 'lookingText' },
  'no-hook': { title: 'noHookTitle', text: 'noHookText', button: { label: 'reloadPage', act: 'reload' } },
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

/** Says why there is nothing to see and what can be done about it; large where there is room, as a bar above frames. */
export function EmptyState({ asBar }: { readonly asBar: boolean }): JSX.Element {
  const model = useModel();
  const { title, text, button } = ADVICE[model.obstacle.value];
  const act = () => {
    if (button?.act === 'reload') model.session.reloadPage();
    else if (button?.act === 'grant') model.session.openPermissionPage();
    else model.session.reconnect();
  };
  return (
    <div class={asBar ? 'obstacle-bar' : 'empty'} role="note">
      <strong>{t(title)}</strong>
      <p>{t(text)}</p>
      {button && (
        <button type="button" class="pill" onClick={act}>
          {t(button.label)}
        </button>
      )}
    </div>
  );
}
