import type { ComponentChildren, JSX, RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { onEscape } from '../controls/on-escape.ts';

interface ActionFormProps {
  readonly label: string;
  readonly onSubmit: () => void;
  /** Called for Escape. */
  readonly onDone: () => void;
  /** Where the form is to be put, for who needs it. */
  readonly form?: RefObject<HTMLFormElement | null>;
  readonly children: ComponentChildren;
}

/** What stands in place of the composer's buttons until it is done. */
export function ActionForm({ label, onSubmit, onDone, children, ...rest }: ActionFormProps): JSX.Element {
  const own = useRef<HTMLFormElement>(null);
  const form = rest.form ?? own;
  // At once: an Escape that comes before that would be DevTools', and Firefox's open their console on it.
  useLayoutEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('input:not(:disabled), button:not(:disabled)');
    first?.focus();
    if (first instanceof HTMLInputElement) first.select();
  }, []);
  return (
    <form
      ref={form}
      class="close-form"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
      onKeyDown={onEscape(onDone)}
    >
      {children}
    </form>
  );
}
