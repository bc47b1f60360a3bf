import { t } from '../../words/i18n.ts';
import type { PanelModel } from '../panel-model.ts';

/** Takes back what was done last, and says so where it does not say so itself. */
export function undoLast(model: PanelModel): void {
  const { notice, undo } = model;
  const before = notice.value;
  const isOfNotice = before?.undoable !== undefined && before.undoable === undo.offer.value;
  undo.run();
  if (isOfNotice && notice.value === before) model.tell('good', t('undone', before.text));
}
