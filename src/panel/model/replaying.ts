import { wholeNumber } from '../format.ts';
import { t } from '../i18n.ts';
import { refusalText } from '../words.ts';
import { notOpen } from './actions.ts';
import type { PanelModel } from './panel-model.ts';

/** Replays what is selected, and says in the model's notice what came of it. */
export async function startReplay(model: PanelModel): Promise<void> {
  const socket = model.target();
  if (!socket) return model.tell('bad', t('noTarget'));
  const steps = await model.replaySteps();
  if (steps.length === 0) return model.tell('bad', t('nothingToReplay'));
  if (socket.readOnly) return model.tell('bad', t('refusedReadOnly'));
  if (!socket.isOpen && steps.some(({ action }) => action === 'send')) {
    return model.tell('bad', notOpen(socket));
  }
  await model.replayer.start(steps, (action) => model.run(socket, action));
  tellOfReplay(model);
}

function tellOfReplay(model: PanelModel): void {
  const state = model.replayer.state.value;
  if (state.type !== 'ended') return;
  const [done, total] = [wholeNumber(state.done), wholeNumber(state.total)];
  switch (state.end.type) {
    case 'done':
      return model.tell('good', t('replayDone', done));
    case 'cancelled':
      return model.tell('bad', t('replayCancelled', done, total));
    case 'refused':
      return model.tell('bad', t('replayRefused', done, total, refusalText(state.end.refusal)));
  }
}
