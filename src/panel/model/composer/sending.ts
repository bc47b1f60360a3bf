import { t } from '../../i18n.ts';
import { deliver } from '../actions.ts';
import type { PanelModel } from '../panel-model.ts';
import { draftPayload } from './draft-state.ts';

/** Sends or injects what is written, and says in the model's notice what came of it. */
export async function sendDraft(model: PanelModel, action: 'send' | 'inject'): Promise<void> {
  const payload = draftPayload(model.composer.draft);
  if (!payload) return model.tell('bad', t('draftNotSendable'));
  await deliver(model, action, payload, model.target());
}
