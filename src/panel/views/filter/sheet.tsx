import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { onEscape } from '../controls/on-escape.ts';

interface SheetProps {
  readonly label: string;
  readonly children: ComponentChildren;
  readonly onClose: () => void;
}

/** A small dialog below the button that opens it, which must be its sibling. It takes the focus and gives it back. */
export function Sheet({ label, children, onClose }: SheetProps): JSX.Element {
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const first = sheet.current?.querySelector<HTMLElement>('input:enabled, button:enabled');
    (first ?? sheet.current)?.focus();
    const over = new AbortController();
    const onPress = ({ target }: Event) => {
      if (!(target instanceof Node && sheet.current?.parentElement?.contains(target))) onClose();
    };
    addEventListener('mousedown', onPress, { capture: true, signal: over.signal });
    return () => {
      over.abort();
      if (sheet.current?.contains(document.activeElement) && before instanceof HTMLElement) before.focus();
    };
  }, [onClose]);
  return (
    <div
      ref={sheet}
      class="filter-sheet"
      role="dialog"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={onEscape(onClose)}
    >
      {children}
    </div>
  );
}
