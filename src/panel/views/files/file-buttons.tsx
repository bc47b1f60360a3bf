import type { JSX } from 'preact';
import { useCallback, useRef, useState } from 'preact/hooks';
import { t } from '../../i18n.ts';
import { useModel } from '../context.ts';
import { ExportIcon, ImportIcon } from '../icons.tsx';
import { useLoaded } from '../loaded.ts';
import type { MenuPlace } from '../menu.tsx';

const loadMenu = () => import('./export-menu.tsx');

/** Export, with a menu for what and how, and Import. */
export function FileButtons(): JSX.Element {
  const model = useModel();
  const input = useRef<HTMLInputElement>(null);
  const [place, setPlace] = useState<MenuPlace>();
  const loaded = useLoaded(place !== undefined, loadMenu);
  const close = useCallback(() => setPlace(undefined), []);
  return (
    <div class="file-buttons">
      <button
        type="button"
        class="tool"
        aria-label={t('export')}
        aria-haspopup="menu"
        aria-expanded={place !== undefined}
        title={t('exportTip')}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          setPlace({ x: left, y: bottom + 2 });
        }}
      >
        <ExportIcon />
      </button>
      <button
        type="button"
        class="tool"
        aria-label={t('import')}
        title={t('importTip')}
        onClick={() => input.current?.click()}
      >
        <ImportIcon />
      </button>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept=".har,.ndjson,.jsonl,.json"
        aria-label={t('importFiles')}
        onChange={(event) => {
          void model.transfers.import([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = ''; // the same file can be chosen again
        }}
      />
      {place && loaded && <loaded.ExportMenu place={place} onClose={close} />}
    </div>
  );
}
