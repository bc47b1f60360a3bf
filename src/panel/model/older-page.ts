import { t } from '../words/i18n.ts';
import type { PanelModel } from './panel-model.ts';

/** Captures a page that is older than the extension without reloading it, and reports the outcome. */
export async function captureOlderPage(model: PanelModel): Promise<void> {
  const outcome = await model.session.captureOlderPage();
  // The button that was pressed may be gone.
  if (outcome === 'captured' || outcome === 'impossible') model.viewActions.do('focus-frames');
  switch (outcome) {
    case 'captured':
      return model.tell('good', t('olderPageCaptured'));
    case 'refused':
      return model.tell('bad', t('olderPageRefused'));
    case 'impossible':
      return model.tell('bad', t('olderPageImpossible'));
    case undefined: // it is under way
  }
}
