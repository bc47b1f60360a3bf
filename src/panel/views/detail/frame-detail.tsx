import type { JSX } from 'preact';
import { useCallback, useRef, useState } from 'preact/hooks';
import { decodeUtf8, toBase64, toHex } from '../../../decoders/bytes/bytes.ts';
import { UNKNOWN_SOCKET } from '../../../decoders/protocol-signs.ts';
import { COMMANDS } from '../../commands/table.ts';
import { isMessage } from '../../model/frames/frame-kinds.ts';
import type { DetailTab } from '../../model/panel-model.ts';
import { copyText } from '../../platform/copy.ts';
import { SETTINGS } from '../../settings/schema.ts';
import { byteCount } from '../../words/format.ts';
import { type MessageKey, t } from '../../words/i18n.ts';
import { CommandButton } from '../commands/command-button.tsx';
import { useModel } from '../context.ts';
import type { MenuPlace } from '../controls/menu.tsx';
import { lazily } from '../lazily.tsx';
import { useLoaded } from '../loaded.ts';
import { useFollowedRow } from './followed-row.ts';

const DetailBody = lazily(async () => (await import('./detail-body.tsx')).DetailBody);
const RawBar = lazily(async () => (await import('./raw/raw-bar.tsx')).RawBar);

const TABS: readonly { readonly tab: DetailTab; readonly label: MessageKey }[] = [
  { tab: 'preview', label: 'tabPreview' },
  { tab: 'raw', label: 'tabRaw' },
  { tab: 'hex', label: 'tabHex' },
  { tab: 'diff', label: 'tabDiff' },
  { tab: 'info', label: 'tabInfo' },
];

/** Shows the selected frame or, if none is selected, the selected socket. */
export function FrameDetail(): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const row = useFollowedRow();
  const socket = model.session.recorder.sockets.get(model.filter.socket.value ?? -1);
  const shown = row !== undefined ? { row } : socket && { socket };
  const tab = model.tab.value;
  const payload = row === undefined ? undefined : model.store.payload(row);
  return (
    <section class="pane detail" aria-label={t('frameDetail')}>
      <h2 class="for-readers">{t('frameDetail')}</h2>
      <header class="pane-header tabs">
        <Tabs />
        {row !== undefined && isMessage(model.store.kind(row)) && <FrameActions />}
      </header>
      <div class="detail-body" role="tabpanel" id="detail-panel" aria-labelledby={`tab-${tab}`}>
        {shown ? <DetailBody shown={shown} tab={tab} /> : <p class="dim pad">{t('selectFrame')}</p>}
      </div>
      {tab === 'raw' && row !== undefined && payload !== undefined && (
        <RawBar payload={payload} socket={model.socketOf(row)?.words ?? UNKNOWN_SOCKET} />
      )}
    </section>
  );
}

function Tabs(): JSX.Element {
  const model = useModel();
  const list = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = TABS.at(
      placeOfKey(
        event.key,
        TABS.findIndex(({ tab }) => tab === model.tab.value),
      ) ?? TABS.length,
    );
    if (!next) return;
    event.preventDefault();
    model.tab.value = next.tab;
    list.current?.querySelector<HTMLElement>(`#tab-${next.tab}`)?.focus();
  };
  return (
    <div ref={list} role="tablist" aria-label={t('frameDetail')} onKeyDown={onKeyDown}>
      {TABS.map(({ tab, label }) => (
        <button
          key={tab}
          type="button"
          id={`tab-${tab}`}
          class="tab"
          role="tab"
          aria-selected={model.tab.value === tab}
          aria-controls="detail-panel"
          tabIndex={model.tab.value === tab ? 0 : -1}
          onClick={() => {
            model.tab.value = tab;
          }}
        >
          {t(label)}
        </button>
      ))}
    </div>
  );
}

/** Of the tab that a key leads to from another one; undefined if it leads to none. */
function placeOfKey(key: string, at: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (at + 1) % TABS.length;
    case 'ArrowLeft':
      return at - 1;
    case 'Home':
      return 0;
    case 'End':
      return -1;
    default:
      return undefined;
  }
}

function FrameActions(): JSX.Element {
  const model = useModel();
  return (
    <div class="frame-actions">
      <CommandButton command={COMMANDS.resend} class="link" />
      <CommandButton command={COMMANDS.editAndResend} class="link" />
      <button type="button" class="link" onClick={() => void copyFrame()}>
        {t('copy')}
      </button>
      <CopyAsButton />
    </div>
  );

  async function copyFrame(): Promise<void> {
    const row = model.selection.focus.value;
    if (row === undefined) return;
    const payload = model.store.payload(row) ?? (await model.store.load(row));
    if (payload === undefined) return model.tell('bad', t('payloadNotThere'));
    copyText(typeof payload === 'string' ? payload : bytesAsShown(payload));
    model.tell('good', t('copied', byteCount(model.store.size(row))));
  }

  function bytesAsShown(bytes: Uint8Array): string {
    const form = model.tab.value === 'raw' ? model.settings.of(SETTINGS.bytesInRaw).value : 'base64';
    if (form === 'hex' || model.tab.value === 'hex') return toHex(bytes);
    return form === 'utf8' ? decodeUtf8(bytes).text : toBase64(bytes);
  }
}

const loadMenu = () => import('../frames/frame-menu.tsx');

function CopyAsButton(): JSX.Element {
  const [place, setPlace] = useState<MenuPlace>();
  const loaded = useLoaded(place !== undefined, loadMenu);
  const close = useCallback(() => setPlace(undefined), []);
  return (
    <>
      <button
        type="button"
        class="link"
        aria-label={t('copyAs')}
        aria-haspopup="menu"
        aria-expanded={place !== undefined}
        title={t('copyAs')}
        onClick={(event) => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect();
          setPlace({ x: left, y: bottom + 2 });
        }}
      >
        ▾
      </button>
      {place && loaded && <loaded.CopyMenu place={place} onClose={close} />}
    </>
  );
}
