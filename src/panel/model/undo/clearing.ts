import type { Cleared } from '../../session/recording/cleared.ts';
import { counted } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import type { PanelModel } from '../panel-model.ts';

/** Empties the list. If it is empty already, what was cleared before is gone for good. */
export function clearList(model: PanelModel): void {
  const { session, undo } = model;
  const { list } = session.recorder;
  const frames = session.totals().stored;
  const cleared = session.clear();
  model.selection.clear();
  if (frames === 0) {
    list.forgetCleared();
    return;
  }
  const undoable = {
    undo: () => bringBack(model, cleared),
    forget: () => list.forgetCleared(cleared),
  };
  list.onClearedGone = (gone) => gone === cleared && undo.withdraw(undoable);
  model.tellUndoable(counted(frames, 'clearedOne', 'cleared'), undoable);
}

function bringBack(model: PanelModel, cleared: Cleared): void {
  model.selection.clear();
  if (model.session.restore(cleared)) model.tell('good', t('clearedBack'));
  else model.tell('bad', t('clearedGone'));
}
