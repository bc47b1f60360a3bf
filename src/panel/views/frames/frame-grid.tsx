import type { JSX } from 'preact';
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { FrameView } from '../../../store/frame-view.ts';
import { tracksOf, yieldingClasses } from '../../model/columns/columns.ts';
import { isNewestFirst, listedRows } from '../../model/frames/listed-rows.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import { t } from '../../words/i18n.ts';
import { useViewAction } from '../commands/use-view-action.ts';
import { useModel } from '../context.ts';
import { targetOfKey } from '../controls/list-keys.ts';
import type { MenuPlace } from '../controls/menu.tsx';
import { VirtualScroll } from '../controls/virtual-scroll.ts';
import { lazily } from '../lazily.tsx';
import { useLoaded } from '../loaded.ts';
import { Timeline } from '../timeline/timeline.tsx';
import { useListRoom } from './list-room.ts';
import { KeptRow } from './rows/kept-row.ts';
import { nameActiveRow, rowId } from './rows/row-id.ts';

const EmptyState = lazily(async () => (await import('../empty-state.tsx')).EmptyState, { isFirst: true });
const FindBar = lazily(async () => (await import('./find/find-bar.tsx')).FindBar);
const FrameRows = lazily(async () => (await import('./rows/frame-rows.tsx')).FrameRows, { isFirst: true });
const GridHeader = lazily(async () => (await import('./header/grid-header.tsx')).GridHeader, {
  isFirst: true,
});
const JumpToNewest = lazily(async () => (await import('./jump-to-newest.tsx')).JumpToNewest);
const NothingPasses = lazily(async () => (await import('./nothing-passes.tsx')).NothingPasses);
const ReplayBar = lazily(async () => (await import('./replay-bar.tsx')).ReplayBar);

/** px; as in the style sheet */
const ROW_HEIGHT = 21;

const loadMenu = () => import('./frame-menu.tsx');

export function FrameGrid(): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const grid = useRef<HTMLDivElement>(null);
  const room = useListRoom(grid);
  const { filter } = model;
  const { view } = filter;
  const { columns } = model;
  const shown = columns.shown(filter.socket.value !== undefined);
  const newestFirst = isNewestFirst(model);
  const rows = useMemo(() => listedRows(model), [view, newestFirst]);
  // A new view is a new list. Like the first one, it starts at the newest rows.
  const scroll = useMemo(() => new VirtualScroll(ROW_HEIGHT, true, newestFirst ? 'start' : 'end'), [rows]);
  // What is said of the list here is true of the rows that are about to be drawn.
  scroll.resize(rows.length, scroll.viewportHeight, rows.shift);
  const kept = useMemo(() => new KeptRow(), []);
  kept.keep({ rows, scroll }, model.selection.focus.value, filter.isSettled);
  const sought = model.sought.value;
  useMemo(() => {
    if (sought) scroll.reveal(rows.indexOf(sought.row));
  }, [sought]);
  const focus = model.selection.focus.value;
  useLayoutEffect(() => nameActiveRow(grid.current, focus));
  const [menu, setMenu] = useState<MenuPlace>();
  const hasObstacle = model.obstacle.value !== 'none' && model.obstacle.value !== 'looking';
  // Whatever the filter is, there is nothing for it to hide.
  const isBare = view.length === 0 && (!filter.isActive || model.store.endRow === model.store.firstRow);

  const moveTo = (index: number, extend: boolean) => {
    if (rows.length === 0) return;
    const row = rows.rowAt(Math.min(Math.max(0, index), rows.length - 1));
    if (extend) model.selection.extendTo(row, view);
    else model.selection.select(row);
    scroll.reveal(rows.indexOf(row));
  };

  const openMenu = (place: MenuPlace) => {
    // Pressing the right button has already selected the row below it.
    if (model.selection.focus.value !== undefined) setMenu(place);
  };
  useViewAction('open-row-menu', () => openMenu(placeOfRow(model.selection.focus.value)));
  useViewAction('focus-frames', () => grid.current?.focus());
  const loaded = useLoaded(menu !== undefined, loadMenu);
  const closeMenu = useCallback(() => setMenu(undefined), []);

  const jump = !scroll.follows && !scroll.isAtEdge && <JumpToNewest scroll={scroll} isUp={newestFirst} />;

  return (
    <section class="pane frames" aria-label={t('framesPane')}>
      {(hasObstacle || model.isPaused.value) && !isBare && <EmptyState asBar />}
      <Timeline />
      {model.findRequests.value > 0 && <FindBar />}
      {newestFirst && jump}
      <div
        ref={grid}
        class={`grid${room}${yieldingClasses(shown)}`}
        style={{ '--columns': tracksOf(shown) }}
        role="grid"
        aria-label={t('frames')}
        aria-rowcount={view.length + 1}
        aria-busy={!filter.isCurrent}
        aria-multiselectable
        aria-readonly
        tabIndex={0}
        onKeyDown={(event) => {
          onGridKey(event, model, rows, scroll, moveTo);
        }}
        onContextMenu={(event) => {
          event.preventDefault();
          event.stopPropagation();
          openMenu({ x: event.clientX, y: event.clientY });
        }}
        // Before the row hears of it: what that selects is drawn at once, with all that has come since the last picture.
        onMouseDownCapture={() => scroll.stopFollowing()}
      >
        <div class="header-place" role="presentation">
          <GridHeader columns={shown} />
        </div>
        <FrameRows scroll={scroll} rows={rows} columns={shown} />
      </div>
      {isBare ? <EmptyState asBar={false} /> : view.length === 0 && <NothingPasses />}
      {!newestFirst && jump}
      <ReplayBar />
      {menu && loaded && <loaded.FrameMenu place={menu} onClose={closeMenu} />}
    </section>
  );
}

/** Below the row; at the top of the list where the row is out of sight. */
function placeOfRow(row: number | undefined): MenuPlace {
  const element = row === undefined ? null : document.getElementById(rowId(row));
  const box = (element ?? document.querySelector('[role=grid]'))?.getBoundingClientRect();
  return { x: (box?.left ?? 0) + 40, y: element && box ? box.bottom : (box?.top ?? 0) + 24 };
}

function onGridKey(
  event: KeyboardEvent,
  model: PanelModel,
  rows: FrameView,
  scroll: VirtualScroll,
  moveTo: (index: number, extend: boolean) => void,
): void {
  const { selection } = model;
  const focus = selection.focus.value;
  const count = rows.length;
  // The first press leads to the newest row, whichever arrow key it is.
  const at = focus !== undefined ? rows.indexOf(focus) : isNewestFirst(model) ? -1 : count;
  const page = Math.max(1, scroll.endIndex - scroll.firstIndex - 1);
  const target = targetOfKey(event.key, at, { count, page });
  if (target !== undefined) moveTo(target, event.shiftKey);
  else if (event.key === 'Escape' && !selection.isEmpty) {
    selection.clear();
    scroll.letGo();
  } else return;
  event.preventDefault();
  event.stopPropagation(); // DevTools open their drawer on Escape
}
