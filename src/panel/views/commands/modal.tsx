import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useModel } from '../context.ts';

interface ModalProps {
  readonly class: string;
  readonly label: string;
  readonly children: ComponentChildren;
}

/** A dialog over the panel, which goes with Escape or a click beside it. The keyboard returns to where it was. */
export function Modal({ label, children, ...rest }: ModalProps): JSX.Element {
  const model = useModel();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // What had the focus may have gone: then keys come to the document, and DevTools would open their drawer.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || (event.target instanceof Node && element?.contains(event.target))) return;
      event.preventDefault();
      event.stopPropagation();
      close();
    };
    addEventListener('keydown', onKeyDown, true);
    return () => {
      removeEventListener('keydown', onKeyDown, true);
      element?.close();
    };
  }, []);
  const close = () => {
    model.dialog.value = undefined;
  };
  return (
    <dialog
      ref={dialog}
      class={rest.class}
      aria-label={label}
      // The browser tells of an end a little later, when the next dialog may be open already.
      onClose={() => dialog.current && close()}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      // Neither the panel below nor DevTools are meant, who open their drawer on Escape.
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Escape') return;
        event.preventDefault();
        close();
      }}
      onMouseDown={(event) => event.target === dialog.current && close()}
    >
      {children}
    </dialog>
  );
}
