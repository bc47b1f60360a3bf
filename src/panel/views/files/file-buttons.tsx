import type { JSX } from 'preact';
import { useCallback, useRef, useState } from 'preact/hooks';
import { COMMANDS } from '../../commands/table.ts';
import { t } from '../../words/i18n.ts';
import { CommandButton } from '../commands/command-button.tsx';
import { useViewAction } from '../commands/use-view-action.ts';
import { useModel } from '../context.ts';
import { ExportIcon, ImportIcon } from '../controls/icons.tsx';
import type { MenuPlace } from '../controls/menu.tsx';
import { useLoaded } from '../loaded.ts';

const loadMenu = () => import('./export-menu.tsx');

/** Export, with a menu for what and how, and Import. */
export function FileButtons(): JSX.Element {
  const model = useModel();
  const input = useRef<HTMLInputElement>(null);
  const buttons = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<MenuPlace>();
  const loaded = useLoaded(place !== undefined, loadMenu);
  const close = useCallback(() => setPlace(undefined), []);
  useViewAction('choose-files', () => input.current?.click());
  useViewAction('open-export-menu', () => {
    const { left = 0, bottom = 0 } = buttons.current?.getBoundingClientRect() ?? {};
    setPlace({ x: left, y: bottom + 2 });
  });
  return (
    <div ref={buttons} class="file-buttons">
      <CommandButton command={COMMANDS.export} class="tool" opens={place !== undefined}>
        <ExportIcon />
      </CommandButton>
      <CommandButton command={COMMANDS.import} class="tool">
        <ImportIcon />
      </CommandButton>
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
