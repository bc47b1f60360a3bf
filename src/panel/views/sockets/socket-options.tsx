import type { ComponentChildren, JSX } from 'preact';
import { useCallback, useLayoutEffect, useMemo, useReducer, useRef, useState } from 'preact/hooks';
import type { SocketGroup, SocketLine } from '../../model/sockets/socket-lines.ts';
import { groupSockets } from '../../model/sockets/socket-lines.ts';
import { StillOrder } from '../../model/sockets/still-order.ts';
import { t } from '../../words/i18n.ts';
import { useViewAction } from '../commands/use-view-action.ts';
import { useModel } from '../context.ts';
import type { MenuPlace } from '../controls/menu.tsx';
import { useLoaded } from '../loaded.ts';
import { documentLabel } from './document-label.ts';
import { LINE_HEIGHT, type LineWindow, type Sight, scrolledTo, windowOf } from './line-window.ts';
import { OptionPool, type PlacedLine } from './option-pool.ts';
import { onSocketKey } from './socket-keys.ts';
import { isLineSelected, optionId } from './socket-option.tsx';

const loadMenus = () => import('./socket-menu.tsx');

/** The lines of the socket list. */
export function SocketOptions(): JSX.Element {
  const model = useModel();
  void model.recorded.value;
  const still = useMemo(() => new StillOrder(), []);
  const layOut = () => groupSockets(model.shelf.shown(), still.choices(model.shelf.choices()));
  const groups = layOut();
  const list = useRef<HTMLDivElement>(null);
  const sight = useSight(list);
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const pool = useMemo(() => new OptionPool(model), [model]);
  const [menu, setMenu] = useState<{ readonly line: SocketLine; readonly place: MenuPlace }>();
  const loaded = useLoaded(menu !== undefined, loadMenus);
  const closeMenu = useCallback(() => setMenu(undefined), []);
  const lines = groups.flatMap((group) => group.lines);
  const selected = model.filter.socket.value;
  const shown = windowOf(groups, sight.current);
  const drawn = placedLines(shown, sight.current);
  const options = pool.draw(drawn, selected);
  const active = lines.find((line) => isLineSelected(line, selected));
  const isActiveDrawn = drawn.some(({ line }) => line.socket === active?.socket);
  useLayoutEffect(() => {
    if (pool.isBehind) model.touch();
  });
  useViewAction('focus-sockets', () => list.current?.focus());

  const openMenu = (event: Event, line: SocketLine | undefined, place: MenuPlace) => {
    event.preventDefault();
    event.stopPropagation();
    if (line) setMenu({ line, place });
  };
  /** What a key has led to is in sight with the next picture. */
  const reveal = () => {
    const now = model.filter.socket.value;
    const all = layOut();
    const index = all.flatMap((group) => group.lines).findIndex((line) => isLineSelected(line, now));
    const { current } = list;
    if (!current || index < 0) return;
    current.scrollTop = scrolledTo(all, index, sight.current);
    sight.current = { ...sight.current, top: current.scrollTop };
  };

  /** Who is about to choose a line, with the pointer or by keyboard, must find it where it was. */
  const hold = (isHeld: boolean) => {
    still.isHeld = isHeld;
    if (!isHeld) model.touch();
  };

  return (
    <div
      ref={list}
      class="socket-options"
      role="listbox"
      aria-label={t('sockets')}
      tabIndex={0}
      aria-activedescendant={active && isActiveDrawn ? optionId(active.socket.number) : undefined}
      onKeyDown={(event) => {
        if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
          return openMenu(event, active, placeOf(active));
        }
        if (!onSocketKey(event, model, lines, active)) return;
        event.preventDefault();
        event.stopPropagation(); // DevTools open their drawer on Escape
        reveal();
      }}
      onContextMenu={(event) => {
        const id = event.target instanceof Element ? event.target.closest('[role=option]')?.id : undefined;
        const line = lines.find(({ socket }) => optionId(socket.number) === id);
        openMenu(event, line, { x: event.clientX, y: event.clientY });
      }}
      onMouseEnter={() => hold(true)}
      onMouseLeave={({ currentTarget }) => hold(currentTarget.matches(':focus-visible'))}
      onFocus={({ currentTarget }) => hold(currentTarget.matches(':focus-visible, :hover'))}
      onBlur={({ currentTarget }) => hold(currentTarget.matches(':hover'))}
      onScroll={({ currentTarget: { scrollTop, clientHeight } }) => {
        sight.current = { top: scrollTop, height: clientHeight };
        redraw(undefined); // at once, also where too much is new to be read
      }}
    >
      {shown.groups.map(({ group, from, to, drawnBefore }) => (
        <Group key={group.document?.identity.document ?? ''} group={group} from={from} to={to}>
          {options.slice(drawnBefore, drawnBefore + to - from)}
        </Group>
      ))}
      {menu && loaded && <loaded.SocketMenu line={menu.line} place={menu.place} onClose={closeMenu} />}
    </div>
  );
}

/** Which part of the list is seen. Browsers lay everything out to tell, so it is asked for only when it may have changed. */
function useSight(list: { readonly current: HTMLElement | null }): { current: Sight } {
  const model = useModel();
  const sight = useRef<Sight>({ top: 0, height: 0 });
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    const look = () => {
      sight.current = { top: element.scrollTop, height: element.clientHeight };
    };
    // Told for the first time with the layout of the picture.
    const observer = new ResizeObserver(() => {
      look();
      model.touch();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [model]);
  return sight;
}

function placedLines({ groups, count, isPart }: LineWindow, { top, height }: Sight): PlacedLine[] {
  return groups.flatMap(({ group, from, to, before, top: groupTop }) =>
    group.lines.slice(from, to).map((line, index) => {
      const at = groupTop + (from + index) * LINE_HEIGHT;
      return {
        line,
        place: isPart ? { index: before + from + index, count } : undefined,
        isInSight: at + LINE_HEIGHT > top && at < top + height,
      };
    }),
  );
}

interface GroupProps {
  readonly group: SocketGroup;
  /** Lines from here up to there are drawn; the others leave their room. */
  readonly from: number;
  readonly to: number;
  readonly children: ComponentChildren;
}

function Group({ group: { document, lines }, from, to, children }: GroupProps): JSX.Element {
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
      <div key="before" role="presentation" style={{ height: `${from * LINE_HEIGHT}px` }} />
      {children}
      <div key="behind" role="presentation" style={{ height: `${(lines.length - to) * LINE_HEIGHT}px` }} />
    </div>
  );
}

/** Below a line of the list. */
function placeOf(line: SocketLine | undefined): MenuPlace {
  const box = line && document.getElementById(optionId(line.socket.number))?.getBoundingClientRect();
  return { x: (box?.left ?? 0) + 24, y: box?.bottom ?? 0 };
}
