import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../words/i18n.ts';
import { useModel } from '../context.ts';

const DIFFERENCES = [
  'workersDifferAddress',
  'workersDifferSource',
  'workersDifferProxies',
  'workersDifferTime',
] as const;

interface SiteDialogProps {
  readonly site: string;
  readonly onClose: () => void;
}

/** Says what will change before it does. */
export function SiteDialog({ site, onClose }: SiteDialogProps): JSX.Element {
  const model = useModel();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      class="consent"
      aria-labelledby="consent-title"
      onClose={onClose}
      // DevTools open their drawer on Escape.
      onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}
    >
      <h2 id="consent-title">{t('workersTitle', site)}</h2>
      <p>{t('workersText')}</p>
      <ul>
        {DIFFERENCES.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
      <p>{t('workersRest')}</p>
      <p>{t('workersPermission')}</p>
      <div class="consent-buttons">
        <button
          type="button"
          class="pill is-main"
          onClick={() => {
            model.workerSwitch?.set(true);
            dialog.current?.close();
          }}
        >
          {t('workersSwitchOn')}
        </button>
        <button type="button" class="pill" onClick={() => dialog.current?.close()}>
          {t('cancel')}
        </button>
      </div>
    </dialog>
  );
}
