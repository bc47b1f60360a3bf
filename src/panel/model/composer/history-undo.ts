import { counted } from '../../words/format.ts';
import type { PanelModel } from '../panel-model.ts';
import { deskOf } from './desk.ts';

/** Forgets the messages to the origin of an address; can be undone. */
export function forgetHistory(model: PanelModel, url: string): void {
  const { history } = deskOf(model);
  const forgotten = history.forget(url);
  model.tellUndoable(counted(forgotten.length, 'historyForgottenOne', 'historyForgotten'), {
    undo: () => history.restore(forgotten),
  });
}
