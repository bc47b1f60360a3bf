import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { ReadyState } from '../../protocol/sockets.ts';
import { tallyBytes, tallyFrames } from '../../store/ledger.ts';
import { byteCount, urlParts, wholeNumber } from '../format.ts';
import { t } from '../i18n.ts';
import type { PanelDocument, PanelSocket } from '../session/sockets.ts';
import { problemOf, readOnlyText, readyStateName } from '../words.ts';
import { useModel } from './context.ts';
import { WorkerSwitch } from './worker-switch.tsx';

export function SocketList(): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const sockets = model.sockets();
  const open = sockets.filter((socket) => socket.isOpen).length;
  const closed = sockets.filter(({ readyState }) => readyState === ReadyState.closed).length;
  const isNarrowed = model.filter.socket.value !== undefined;
  return (
    <section class="pane sockets" aria-label={t('socketsPane')}>
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
  const ordered = groupByDocument(sockets).flatMap(([, members]) => members);
  const selected = model.filter.socket.value;

  const onKeyDown = (event: KeyboardEvent) => {
    const at = ordered.findIndex(({ number }) => number === selected);
    const next = neighbour(event.key, at, ordered.length);
    if (event.key === 'Escape' && selected !== undefined) model.showSocket(undefined);
    else if (next !== undefined) model.showSocket(ordered[next]?.number);
    else return;
    event.preventDefault();
    event.stopPropagation(); // DevTools open their drawer on Escape
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  };

  return (
    <div
      ref={list}
      class="socket-options"
      role="listbox"
      aria-label={t('sockets')}
      tabIndex={0}
      aria-activedescendant={selected === undefined ? undefined : optionId(selected)}
      onKeyDown={onKeyDown}
    >
      {groupByDocument(sockets).map(([document, members]) => (
        <div key={document.identity.document} role="group" aria-label={documentLabel(document)}>
          <div
            class={`socket-group ${document.isGone ? 'is-gone' : ''}`}
            role="presentation"
            title={document.identity.url}
          >
            {documentLabel(document)}
          </div>
          {members.map((socket) => (
            <SocketOption key={socket.number} socket={socket} isSelected={socket.number === selected} />
          ))}
        </div>
      ))}
    </div>
  );
}

interface SocketOptionProps {
  readonly socket: PanelSocket;
  readonly isSelected: boolean;
}

function SocketOption({ socket, isSelected }: SocketOptionProps): JSX.Element {
  const model = useModel();
  const { url, protocol, close } = socket.record;
  const { path, host } = urlParts(url);
  const tally = socket.ledger.accounted();
  const state = readyStateName(socket.readyState);
  const dropped = socket.ledger.droppedFrames();
  const facts = [
    close ? `${state} ${close.code}` : state,
    wholeNumber(tallyFrames(tally)),
    byteCount(tallyBytes(tally)),
    protocol,
    socket.lineage.attempt > 1 ? t('attemptShort', socket.lineage.attempt) : '',
    dropped > 0 ? t('droppedShort', wholeNumber(dropped)) : '',
    socket.record.adopted ? t('adoptedShort') : '',
    socket.record.isStream ? t('streamShort') : '',
  ];
  const problem = socket.handshake && problemOf(socket.handshake);
  if (problem) facts.splice(1, 0, problem);
  return (
    <div
      id={optionId(socket.number)}
      class={`socket state-${socket.readyState} ${close && !close.wasClean ? 'is-unclean' : ''}`}
      role="option"
      aria-selected={isSelected}
      aria-label={`${url} ${state}, ${frameCount(tallyFrames(tally))}`}
      title={[url, problem, readOnlyText(socket.document)].filter(Boolean).join('\n')}
      onClick={() => model.showSocket(isSelected ? undefined : socket.number)}
    >
      <span class="dot" />
      <span class="socket-name">
        <b>{path}</b> <span class="dim">{host}</span>
      </span>
      <span class="socket-facts">
        {socket.readOnly && (
          <span class="badge">{t(socket.readOnly === 'imported' ? 'importedShort' : 'readOnlyShort')}</span>
        )}
        {facts.filter(Boolean).join(' · ')}
      </span>
    </div>
  );
}

function frameCount(frames: number): string {
  return frames === 1 ? t('oneFrame') : t('frameCount', wholeNumber(frames));
}

function optionId(number: number): string {
  return `socket-${number}`;
}

function neighbour(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case 'ArrowDown':
      return Math.min(count - 1, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
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

/** Where a socket lives, in words. */
export function documentLabel(document: PanelDocument): string {
  const label = placeLabel(document);
  return document.isGone ? t('frameGone', label) : label;
}

function placeLabel({ identity, readOnly, file }: PanelDocument): string {
  const { host, path } = urlParts(identity.url);
  const name = host || path;
  if (identity.isWorker) return t('frameWorker', path);
  switch (readOnly) {
    case 'worker':
      return t('frameWorker', path);
    case 'before':
      return t('frameBefore', name);
    case 'unreached':
      return t('frameUnreached', path);
    case 'imported':
      return [t('frameImported', file ?? ''), name].filter(Boolean).join(' · ');
    default:
      return identity.frameId === 0 ? t('frameTop', name) : t('frameChild', `${name}${host ? path : ''}`);
  }
}
