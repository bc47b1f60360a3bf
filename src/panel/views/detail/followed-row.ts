import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useModel } from '../context.ts';
import { isMoveKey } from '../controls/list-keys.ts';

/**
 * The row whose detail is to be drawn: the one that is selected, as soon as a picture shows it as selected. To draw a detail takes
 * longer than the answer to a key may, and somebody who holds an arrow key need not have it drawn more than once a picture.
 */
export function useFollowedRow(): number | undefined {
  const { selection, store, surroundings } = useModel();
  const focus = selection.focus.value;
  const [followed, follow] = useState(focus);
  const newest = useRef(focus);
  newest.current = focus;
  const isBehind = followed !== focus;
  useLayoutEffect(() => {
    if (!isBehind) return undefined;
    let isWanted = true;
    const catchUp = () => {
      if (isWanted) follow(newest.current);
    };
    // Any other key may lead into the detail, and must not find one that is about to go.
    const onKeyDown = ({ key }: KeyboardEvent) => {
      if (!isMoveKey(key)) catchUp();
    };
    addEventListener('keydown', onKeyDown, { capture: true });
    surroundings.schedule(() => surroundings.turns(catchUp));
    return () => {
      isWanted = false;
      removeEventListener('keydown', onKeyDown, { capture: true });
    };
  }, [isBehind, followed]);
  if (focus === undefined || followed === undefined) return undefined;
  // A row that is gone has no detail for anybody to wait by.
  return followed >= store.firstRow && followed < store.endRow ? followed : focus;
}
