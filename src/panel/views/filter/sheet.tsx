import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { onEscape } from '../controls/on-escape.ts';
import { whenLeft } from '../controls/when-left.ts';

interface SheetProps {
  readonly label: string;
  readonly children: ComponentChildren;
  readonly onClose: () => void;
}

/** A small dialog below the button that opens it, which must be its sibling. It takes the focus and gives it back. */
export function Sheet({ label, children, onClose }: SheetProps): JSX.Element {
  const sheet = useRef<HTMLDivElement>(null);
  // Not after the picture: then the sheet has left the document, and the focus has left with it.
  useLayoutEffect(() => {
    const before = document.activeElement;
    const first = sheet.current?.querySelector<HTMLElement>('input:enabled, button:enabled');
    (first ?? sheet.current)?.focus();
    const end = whenLeft((place) => sheet.current?.parentElement?.contains(place) === true, onClose);
    return () => {
      end();
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
