import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { ReadyState } from '../../../protocol/sockets.ts';
import { t } from '../../i18n.ts';
import type { PanelDocument, PanelSocket } from '../../session/sockets.ts';
import { useViewAction } from '../commands/use-view-action.ts';
import { useModel } from '../context.ts';
import { targetOfKey } from '../list-keys.ts';
import { WorkerSwitch } from '../worker-switch.tsx';
import { documentLabel } from './document-label.ts';
import { OptionPool } from './option-pool.ts';
import { optionId } from './socket-option.tsx';

/** Sockets that PageUp and PageDown move by. */
const PAGE = 10;

export function SocketList(): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const sockets = model.sockets();
  const open = sockets.filter((socket) => socket.isOpen).length;
  const closed = sockets.filter(({ readyState }) => readyState === ReadyState.closed).length;
  const isNarrowed = model.filter.socket.value !== undefined;
  return (
    <section id="pane-sockets" class="pane sockets" aria-label={t('socketsPane')}>
      <header class="pane-header">
        <h2>{t('sockets')}</h2>
        <WorkerSwitch />
        {isNarrowed ? (
          <button type="button" class="link" onClick={() => model.showSocket(undefined)}>
            {t('showAllSockets')}
          </button>
        ) : (
          <span class="dim">{t('socketCounts', open, closed)}</span>
        )}
      </header>
      <SocketOptions sockets={sockets} />
    </section>
  );
}

function SocketOptions({ sockets }: { readonly sockets: readonly PanelSocket[] }): JSX.Element {
  const model = useModel();
  const list = useRef<HTMLDivElement>(null);
  const sight = useRef(0);
  const pool = useMemo(() => new OptionPool(), []);
  const groups = groupByDocument(sockets);
  const ordered = groups.flatMap(([, members]) => members);
  const selected = model.filter.socket.value;
  const options = pool.draw(model, ordered, selected, Math.floor(sight.current * ordered.length));
  useLayoutEffect(() => {
    if (pool.isBehind) model.touch();
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const at = ordered.findIndex(({ number }) => number === selected);
    const target = targetOfKey(event.key, at, { count: ordered.length, page: PAGE });
    if (event.key === 'Escape' && selected !== undefined) model.showSocket(undefined);
    else if (target !== undefined && ordered.length > 0) {
      model.showSocket(ordered[Math.min(ordered.length - 1, Math.max(0, target))]?.number);
    } else return;
    event.preventDefault();
    event.stopPropagation(); // DevTools open their drawer on Escape
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  };

  useViewAction('focus-sockets', () => list.current?.focus());

  return (
    <div
      ref={list}
      class="socket-options"
      role="listbox"
      aria-label={t('sockets')}
      tabIndex={0}
      aria-activedescendant={selected === undefined ? undefined : optionId(selected)}
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget: { scrollTop, scrollHeight } }) => {
        sight.current = scrollTop / scrollHeight;
        model.touch();
      }}
    >
      {groups.map(([document, members]) => (
        <SocketGroup key={document.identity.document} document={document}>
          {members.map((socket) => options.get(socket))}
        </SocketGroup>
      ))}
    </div>
  );
}

interface SocketGroupProps {
  readonly document: PanelDocument;
  readonly children: ComponentChildren;
}

function SocketGroup({ document, children }: SocketGroupProps): JSX.Element {
  const { identity, isGone } = document;
  const label = useMemo(() => documentLabel(document), [identity, isGone]);
  return (
    <div role="group" aria-label={label}>
      <div class={`socket-group ${isGone ? 'is-gone' : ''}`} role="presentation" title={identity.url}>
        {label}
      </div>
      {children}
    </div>
  );
}

/** The page itself comes before its frames, whichever answered first. */
function groupByDocument(sockets: readonly PanelSocket[]): [PanelDocument, PanelSocket[]][] {
  const groups = new Map<PanelDocument, PanelSocket[]>();
  for (const socket of sockets) {
    const members = groups.get(socket.document) ?? [];
    members.push(socket);
    groups.set(socket.document, members);
  }
  const isTop = ([{ identity }]: [PanelDocument, PanelSocket[]]) =>
    identity.frameId === 0 && !identity.isWorker;
  const all = [...groups];
  return [...all.filter(isTop), ...all.filter((group) => !isTop(group))];
}
