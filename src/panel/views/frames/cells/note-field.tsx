import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { LONGEST_NOTE } from '../../../../store/rows/remarks.ts';
import { endNote } from '../../../model/frames/remarking.ts';
import { t } from '../../../words/i18n.ts';
import { useModel } from '../../context.ts';

/** The field in which a note is edited. Enter, and leaving the field, saves the note; Escape does not. */
export function NoteField({ row }: { readonly row: number }): JSX.Element {
  const model = useModel();
  const store = useRef(model.store).current;
  const field = useRef<HTMLInputElement>(null);
  const isOver = useRef(false);

  const end = (keeps: boolean) => {
    if (isOver.current) return;
    isOver.current = true;
    endNote(model, store, row, keeps ? field.current?.value : undefined);
  };

  useLayoutEffect(() => {
    const before = document.activeElement;
    const element = field.current;
    const take = () => {
      element?.focus();
      element?.select();
    };
    // With a column that was hidden the row is made anew, and is not in the list yet.
    if (element?.isConnected) take();
    else queueMicrotask(take);
    return () => {
      // Rows that are scrolled out of sight are taken away with what is in them.
      if (!isOver.current) endNote(model, store, row, element?.value);
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, [model, store, row]);

  return (
    <input
      ref={field}
      type="text"
      class="note-field"
      aria-label={t('noteOfFrame')}
      maxLength={LONGEST_NOTE}
      defaultValue={store.remarks.of(row).note}
      onKeyDown={(event) => {
        event.stopPropagation(); // the key is not meant for the list below and its commands
        if (event.key === 'Enter') end(true);
        else if (event.key === 'Escape') end(false);
        else return;
        event.preventDefault();
        document.querySelector<HTMLElement>('[role=grid]')?.focus();
      }}
      onMouseDown={(event) => event.stopPropagation()}
      onBlur={() => end(true)}
    />
  );
}
