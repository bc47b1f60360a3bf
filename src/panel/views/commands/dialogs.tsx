import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { onCommandKey } from '../../commands/keyboard.ts';
import type { PanelDialog } from '../../model/panel-model.ts';
import { useModel } from '../context.ts';
import { lazily } from '../lazily.tsx';

const Palette = lazily(async () => (await import('./palette.tsx')).Palette);
const SettingsDialog = lazily(async () => (await import('../settings/settings-dialog.tsx')).SettingsDialog);
const KeysDialog = lazily(async () => (await import('./keys-dialog.tsx')).KeysDialog);

/** The dialog that is open, and the keys of all commands. */
export function Dialogs(): JSX.Element | null {
  const model = useModel();
  useEffect(() => {
    const over = new AbortController();
    // Not on the document: there DevTools listen, who are to hear of no key that is ours.
    document.body.addEventListener('keydown', (event) => void onCommandKey(event, model), {
      signal: over.signal,
    });
    return () => over.abort();
  }, [model]);
  const open = model.dialog.value;
  return open === undefined ? null : <OneDialog which={open} />;
}

function OneDialog({ which }: { readonly which: PanelDialog }): JSX.Element {
  switch (which) {
    case 'palette':
      return <Palette />;
    case 'keys':
      return <KeysDialog />;
    case 'settings':
      return <SettingsDialog />;
  }
}
