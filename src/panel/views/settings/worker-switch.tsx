import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';
import { CheckBox } from '../controls/check-box.tsx';
import { lazily } from '../lazily.tsx';

const SiteDialog = lazily(async () => (await import('./site-dialog.tsx')).SiteDialog);

/** Stays as it is until the browser says that it has been switched: the user may have to agree first. */
export function WorkerSwitch(): JSX.Element | null {
  const model = useModel();
  const state = model.workers.value;
  const [asksAbout, setAsksAbout] = useState<string | undefined>(undefined);
  if (!state) return null;
  const { isOn, site } = state;
  const change = (wanted: boolean) => {
    if (wanted && site !== undefined) setAsksAbout(site);
    else model.workerSwitch?.set(wanted);
  };
  const tip = site === undefined ? t('captureWorkersTip') : t('captureSiteWorkersTip', site);
  return (
    <>
      <CheckBox title={tip} isChecked={isOn} onChange={change}>
        {t('captureWorkers')}
      </CheckBox>
      {asksAbout !== undefined && asksAbout === site && (
        <SiteDialog site={asksAbout} onClose={() => setAsksAbout(undefined)} />
      )}
    </>
  );
}
