import { render } from 'preact';
import { summarise } from '../../../../decoders/summary.ts';
import { editNote } from '../../../model/frames/remarking.ts';
import { ModelProvider } from '../../context.ts';
import { type Cell, cellElement, elementOf, textIn, titleOf } from './cell.ts';
import type { DrawnFrame } from './drawn-frame.ts';
import { NoteField } from './note-field.tsx';

/** The user's note on a frame. */
export function noteCell(): Cell {
  const element = cellElement('note');
  const text = elementOf('bdi');
  const say = textIn(text);
  const explain = titleOf(element);
  let drawn: DrawnFrame | undefined;
  /** The row whose note is edited here. */
  let written: number | undefined;
  element.append(text);
  element.addEventListener('dblclick', () => drawn && editNote(drawn.model, drawn.row));
  const leave = () => {
    if (written === undefined) return;
    written = undefined;
    render(null, element);
    element.append(text);
  };
  return {
    element,
    draw(frame) {
      const { model, row } = frame;
      drawn = frame;
      const isWritten = model.notedRow.value === row;
      if (written !== undefined && !(isWritten && written === row)) leave();
      if (isWritten && written === undefined) {
        written = row;
        text.remove();
        render(
          <ModelProvider value={model}>
            <NoteField row={row} />
          </ModelProvider>,
          element,
        );
      }
      const note = summarise(model.store.remarks.of(row).note, 400);
      explain(note || undefined);
      say(note);
    },
    leave,
  };
}
