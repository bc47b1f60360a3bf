import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** One line of a menu. */
export type MenuEntry =
  | { readonly type: 'heading'; readonly label: string }
  | {
      readonly type: 'item';
      readonly label: string;
      /** Secondary text beside the label. */
      readonly hint?: string;
      readonly disabled?: boolean;
      readonly run: () => void;
    }
  /** A radio choice, which leaves the menu open. Consecutive choices form a group. */
  | {
      readonly type: 'radio';
      readonly label: string;
      readonly isChosen: boolean;
      readonly disabled?: boolean;
      readonly choose: () => void;
    }
  /** A checkbox, which leaves the menu open. */
  | {
      readonly type: 'check';
      readonly label: string;
      readonly isChecked: boolean;
      readonly toggle: () => void;
    };

/** Where a menu opens: px in the window. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

interface MenuProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly place: MenuPlace;
  readonly onClose: () => void;
}

/** px kept free between the menu and the edge of the window */
const MARGIN = 4;

/** A menu over everything else, with the keys of https://www.w3.org/WAI/ARIA/apg/patterns/menubar/. */
export function Menu({ label, entries, place, onClose }: MenuProps): JSX.Element {
  const menu = useRef<HTMLDivElement>(null);
  useFocusInside(menu);
  useDismissal(menu, onClose);

  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    const { width, height } = element.getBoundingClientRect();
    const within = (start: number, size: number, room: number) =>
      `${Math.max(MARGIN, Math.min(start, room - size - MARGIN))}px`;
    element.style.left = within(place.x, width, innerWidth);
    element.style.top = within(place.y, height, innerHeight);
  }, [place]);

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation(); // the key is meant neither for the list below nor for DevTools
    if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else if (!moveFocus(menu.current, event)) return;
    event.preventDefault();
  };

  return (
    <div
      ref={menu}
      class="menu"
      role="menu"
      aria-label={label}
      onKeyDown={onKeyDown}
      onMouseDown={(event) => event.stopPropagation()}
      // The pointer takes the focus along, so that only one entry is marked.
      onPointerMove={({ target, movementX, movementY }) => {
        // Browsers also report a pointer that rests. It must not undo what the arrow keys have chosen.
        if (movementX === 0 && movementY === 0) return;
        const item = target instanceof Element ? target.closest<HTMLElement>('[role^=menuitem]') : null;
        if (item && !isFocused(item)) item.focus({ preventScroll: true });
      }}
      onContextMenu={(event) => event.preventDefault()}
    >
      {entries.map((entry, index) => (
        // Two messages may look the same.
        <Entry key={`${index} ${entry.label}`} entry={entry} onClose={onClose} />
      ))}
    </div>
  );
}

function Entry({ entry, onClose }: { readonly entry: MenuEntry; readonly onClose: () => void }): JSX.Element {
  switch (entry.type) {
    case 'heading':
      return (
        <div class="menu-heading" role="presentation">
          {entry.label}
        </div>
      );
    case 'item':
      return (
        <button
          type="button"
          class="menu-item"
          role="menuitem"
          tabIndex={-1}
          aria-disabled={entry.disabled}
          onClick={() => {
            if (entry.disabled) return;
            onClose();
            entry.run();
          }}
        >
          {entry.label}
          {entry.hint && <span class="dim">{entry.hint}</span>}
        </button>
      );
    case 'radio':
      return (
        <button
          type="button"
          class="menu-item is-choice"
          role="menuitemradio"
          tabIndex={-1}
          aria-checked={entry.isChosen}
          aria-disabled={entry.disabled}
          onClick={() => {
            if (!entry.disabled) entry.choose();
          }}
        >
          {entry.label}
        </button>
      );
    case 'check':
      return (
        <button
          type="button"
          class="menu-item is-choice is-check"
          role="menuitemcheckbox"
          tabIndex={-1}
          aria-checked={entry.isChecked}
          onClick={entry.toggle}
        >
          {entry.label}
        </button>
      );
  }
}

/** Takes the focus, and gives it back in the end. */
function useFocusInside(menu: { readonly current: HTMLElement | null }): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    const items = itemsOf(menu.current);
    (items.find((item) => item.getAttribute('aria-disabled') !== 'true') ?? items[0])?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [menu]);
}

/** Closes with a click elsewhere, and when the panel is left. */
function useDismissal(menu: { readonly current: HTMLElement | null }, onClose: () => void): void {
  useEffect(() => {
    const over = new AbortController();
    const { signal } = over;
    const onMouseDown = ({ target }: MouseEvent) => {
      if (!(target instanceof Node && menu.current?.contains(target))) onClose();
    };
    addEventListener('mousedown', onMouseDown, { capture: true, signal });
    addEventListener('blur', (event) => event.target === window && onClose(), { signal });
    addEventListener('resize', onClose, { signal });
    return () => over.abort();
  }, [menu, onClose]);
}

function itemsOf(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
}

/** @returns false if the key moves nothing */
function moveFocus(menu: HTMLElement | null, event: KeyboardEvent): boolean {
  const items = itemsOf(menu);
  const next = nextItem(items, items.findIndex(isFocused), event);
  next?.focus();
  return next !== undefined;
}

function isFocused(element: HTMLElement): boolean {
  return element === document.activeElement;
}

function nextItem(items: readonly HTMLElement[], at: number, event: KeyboardEvent): HTMLElement | undefined {
  const { key, ctrlKey, metaKey, altKey } = event;
  switch (key) {
    case 'ArrowDown':
      return items[(at + 1) % items.length];
    case 'ArrowUp':
      return items.at(at <= 0 ? -1 : at - 1);
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    default:
      return key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey
        ? itemBeginningWith(key, items, at)
        : undefined;
  }
}

/** The next entry after the current one that begins with a letter. */
function itemBeginningWith(
  letter: string,
  items: readonly HTMLElement[],
  at: number,
): HTMLElement | undefined {
  const rotated = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return rotated.find((item) => item.textContent?.toLowerCase().startsWith(letter.toLowerCase()));
}
