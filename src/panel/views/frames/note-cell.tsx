import type { JSX } from 'preact';
import { summarise } from '../../../decoders/summary.ts';
import { editNote } from '../../model/remarking.ts';
import type { DrawnFrame } from './drawn-frame.ts';
import { NoteField } from './note-field.tsx';

/** What a person has written about a frame. */
export function NoteCell({ model, row }: DrawnFrame): JSX.Element {
  void model.revision.value; // the row itself is not drawn anew for this
  const { note } = model.store.remarks.of(row);
  const shown = summarise(note, 400);
  return (
    <span
      role="gridcell"
      class="cell note"
      title={shown || undefined}
      onDblClick={() => editNote(model, row)}
    >
      {model.notedRow.value === row ? <NoteField key={row} row={row} /> : <bdi>{shown}</bdi>}
    </span>
  );
}
