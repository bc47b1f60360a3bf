import { effect } from '@preact/signals';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PanelModel } from '../../model/panel-model.ts';
import { useModel } from '../context.ts';
import { isMoveKey } from '../controls/list-keys.ts';

/**
 * The row whose detail is to be drawn: the one that is selected, as soon as a picture shows it as selected. To draw a detail takes
 * longer than the response to a key may take, and while an arrow key is held it need not be drawn more than once per picture.
 */
export function useFollowedRow(): number | undefined {
  const model = useModel();
  const [followed, follow] = useState(model.selection.focus.peek());
  const drawn = useRef(followed);
  // Not read while drawing the detail, which would otherwise be drawn again in vain with each key.
  useLayoutEffect(() => followSelection(model, () => drawn.current, follow), [model]);
  const focus = model.selection.focus.peek();
  const isNone = focus === undefined || followed === undefined;
  drawn.current = isNone ? undefined : isThere(model, followed) ? followed : focus;
  return drawn.current;
}

/**
 * @param drawn the row whose detail is drawn now
 * @param follow draws the detail of another row
 * @returns ends it
 */
function followSelection(
  model: PanelModel,
  drawn: () => number | undefined,
  follow: (row: number | undefined) => void,
): () => void {
  const { selection, surroundings } = model;
  let followed = drawn();
  let isBehind = false;
  const catchUp = () => {
    if (!isBehind) return;
    isBehind = false;
    removeEventListener('keydown', onKeyDown, { capture: true });
    followed = selection.focus.peek();
    follow(followed);
  };
  // Any other key may lead into the detail, which must not be about to be replaced.
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (!isMoveKey(key)) catchUp();
  };
  const end = effect(() => {
    const row = selection.focus.value;
    if (!isBehind && row !== followed) {
      isBehind = true;
      addEventListener('keydown', onKeyDown, { capture: true });
      surroundings.schedule(() => surroundings.turns(catchUp));
    }
    const before = drawn();
    // A dropped row has no detail to wait for.
    if (row === undefined || (before !== undefined && !isThere(model, before))) catchUp();
  });
  return () => {
    isBehind = false;
    removeEventListener('keydown', onKeyDown, { capture: true });
    end();
  };
}

function isThere({ store }: PanelModel, row: number): boolean {
  return row >= store.firstRow && row < store.endRow;
}
