import type { JSX } from 'preact';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';

/** Where the sockets of workers are captured: everywhere or not (Firefox), or on which sites (Chrome). */
export function WorkerSites(): JSX.Element | null {
  const model = useModel();
  const state = model.workers.value;
  const sites = model.workerSwitch?.sites?.();
  if (!sites) {
    if (!state) return null;
    return (
      <label class="setting">
        <span>{t('captureWorkersLong')}</span>
        <input
          type="checkbox"
          checked={state.isOn}
          onChange={(event) => {
            model.workerSwitch?.set(event.currentTarget.checked);
            event.currentTarget.checked = state.isOn; // until the browser says so
          }}
        />
      </label>
    );
  }
  return (
    <div class="setting" role="group" aria-label={t('captureWorkersLong')}>
      <span>{t('captureWorkersLong')}</span>
      {sites.length === 0 && <span class="dim">{t('noWorkerSites')}</span>}
      <ul>
        {sites.map((site) => (
          <li key={site}>
            {site}{' '}
            <button
              type="button"
              class="link"
              aria-label={t('forgetWorkerSite', site)}
              onClick={() => model.workerSwitch?.forget?.(site)}
            >
              {t('switchOff')}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
