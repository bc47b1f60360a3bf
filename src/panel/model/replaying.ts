import type { ReplayStep } from '../session/replay.ts';
import { counted, wholeNumber } from '../words/format.ts';
import { t } from '../words/i18n.ts';
import { refusalText } from '../words/words.ts';
import { notOpen } from './actions.ts';
import { commandPayload } from './command-payload.ts';
import { isMessage, isReceived } from './frame-kinds.ts';
import type { PanelModel } from './panel-model.ts';
import { targetOf } from './target.ts';

/** Replays what is selected, and says in the model's notice what came of it. */
export async function startReplay(model: PanelModel): Promise<void> {
  const socket = targetOf(model);
  if (!socket) return model.tell('bad', t('noTarget'));
  const steps = await replaySteps(model);
  if (steps.length === 0) return model.tell('bad', t('nothingToReplay'));
  if (socket.readOnly) return model.tell('bad', t('refusedReadOnly'));
  if (!socket.isOpen && steps.some(({ action }) => action === 'send')) {
    return model.tell('bad', notOpen(socket));
  }
  await model.replayer.start(steps, (action) => model.run(socket, action));
  tellOfReplay(model);
}

/** Steps for replaying the selected messages that are still whole. */
export async function replaySteps({ store, replayer, selection, filter }: PanelModel): Promise<ReplayStep[]> {
  const received = replayer.received.value;
  const steps: ReplayStep[] = [];
  for (const row of selection.rows(filter.view)) {
    const kind = store.kind(row);
    const isSkipped = isReceived(kind) && received === 'skip';
    if (!isMessage(kind) || isSkipped) continue;
    const payload = store.payload(row) ?? (await store.load(row));
    if (payload === undefined) continue;
    const action = isReceived(kind) && received === 'inject' ? 'inject' : 'send';
    steps.push({ action, payload: commandPayload(payload), time: store.time(row) });
  }
  return steps;
}

function tellOfReplay(model: PanelModel): void {
  const state = model.replayer.state.value;
  if (state.type !== 'ended') return;
  const [done, total] = [wholeNumber(state.done), wholeNumber(state.total)];
  switch (state.end.type) {
    case 'done':
      return model.tell('good', counted(state.done, 'replayDoneOne', 'replayDone'));
    case 'cancelled':
      return model.tell('bad', t('replayCancelled', done, total));
    case 'refused':
      return model.tell('bad', t('replayRefused', done, total, refusalText(state.end.refusal)));
  }
}
