import type { ComponentChildren, JSX } from 'preact';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../../i18n.ts';
import type { SocketGroup, SocketLine } from '../../model/sockets/socket-lines.ts';
import { groupSockets } from '../../model/sockets/socket-lines.ts';
import { useViewAction } from '../commands/use-view-action.ts';
import { useModel } from '../context.ts';
import { useLoaded } from '../loaded.ts';
import type { MenuPlace } from '../menu.tsx';
import { documentLabel } from './document-label.ts';
import { OptionPool } from './option-pool.ts';
import { onSocketKey } from './socket-keys.ts';
import { isLineSelected, optionId } from './socket-option.tsx';

const loadMenus = () => import('./socket-menu.tsx');

/** The lines of the socket list. */
export function SocketOptions(): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const groups = groupSockets(model.shelf.shown(), model.shelf.choices());
  const list = useRef<HTMLDivElement>(null);
  const sight = useRef(0);
  const pool = useMemo(() => new OptionPool(model), [model]);
  const [menu, setMenu] = useState<{ readonly line: SocketLine; readonly place: MenuPlace }>();
  const loaded = useLoaded(menu !== undefined, loadMenus);
  const closeMenu = useCallback(() => setMenu(undefined), []);
  const lines = groups.flatMap((group) => group.lines);
  const selected = model.filter.socket.value;
  const options = pool.draw(lines, selected, Math.floor(sight.current * lines.length));
  const active = lines.find((line) => isLineSelected(line, selected));
  useLayoutEffect(() => {
    if (pool.isBehind) model.touch();
  });
  useViewAction('focus-sockets', () => list.current?.focus());

  const openMenu = (event: Event, line: SocketLine | undefined, place: MenuPlace) => {
    event.preventDefault();
    event.stopPropagation();
    if (line) setMenu({ line, place });
  };

  return (
    <div
      ref={list}
      class="socket-options"
      role="listbox"
      aria-label={t('sockets')}
      tabIndex={0}
      aria-activedescendant={active && optionId(active.socket.number)}
      onKeyDown={(event) => {
        if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
          return openMenu(event, active, placeOf(active));
        }
        if (!onSocketKey(event, model, lines, active)) return;
        event.preventDefault();
        event.stopPropagation(); // DevTools open their drawer on Escape
        list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
      }}
      onContextMenu={(event) => {
        const id = event.target instanceof Element ? event.target.closest('[role=option]')?.id : undefined;
        const line = lines.find(({ socket }) => optionId(socket.number) === id);
        openMenu(event, line, { x: event.clientX, y: event.clientY });
      }}
      onScroll={({ currentTarget: { scrollTop, scrollHeight } }) => {
        sight.current = scrollTop / scrollHeight;
        model.touch();
      }}
    >
      {groups.map((group) => (
        <Group key={group.document?.identity.document ?? ''} group={group}>
          {group.lines.map(({ socket }) => options.get(socket))}
        </Group>
      ))}
      {menu && loaded && <loaded.SocketMenu line={menu.line} place={menu.place} onClose={closeMenu} />}
    </div>
  );
}

interface GroupProps {
  readonly group: SocketGroup;
  readonly children: ComponentChildren;
}

function Group({ group: { document }, children }: GroupProps): JSX.Element {
  const label = useMemo(
    () => (document ? documentLabel(document) : t('pinnedSockets')),
    [document?.identity, document?.isGone],
  );
  return (
    <div role="group" aria-label={label}>
      <div
        class={`socket-group ${document?.isGone ? 'is-gone' : ''}`}
        role="presentation"
        title={document?.identity.url}
      >
        {label}
      </div>
      {children}
    </div>
  );
}

/** Below a line of the list. */
function placeOf(line: SocketLine | undefined): MenuPlace {
  const box = line && document.getElementById(optionId(line.socket.number))?.getBoundingClientRect();
  return { x: (box?.left ?? 0) + 24, y: box?.bottom ?? 0 };
}
