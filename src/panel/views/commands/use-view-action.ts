import { useEffect, useRef } from 'preact/hooks';
import type { ViewAction } from '../../model/view-actions.ts';
import { useModel } from '../context.ts';

/** Offers what only this view can do to commands, while it is there. */
export function useViewAction(action: ViewAction, act: () => void): void {
  const { viewActions } = useModel();
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => viewActions.offer(action, () => latest.current()), [viewActions, action]);
}
