import type { FrameStore } from '../../../store/frame-store.ts';
import { type ReplayCounts, type ReplayMeans, type ReplayStep, replay } from '../../session/replay.ts';
import { counted, wholeNumber } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { endText, refusalText } from '../../words/words.ts';
import { isMessage, isReceived } from '../frames/frame-kinds.ts';
import type { PanelModel } from '../panel-model.ts';
import { notOpen } from './actions.ts';
import { commandPayload } from './command-payload.ts';
import type { Replayer, ReplayState } from './replayer.ts';
import { targetOf } from './target.ts';

/** ms from one picture of the progress to the next */
const PICTURE = 50;

/** Replays what is selected, and says in the model's notice what came of it. */
export async function startReplay(model: PanelModel): Promise<void> {
  const socket = targetOf(model);
  if (!socket) return model.tell('bad', t('noTarget'));
  const steps = replaySteps(model);
  if (steps.length === 0) return model.tell('bad', t('nothingToReplay'));
  if (socket.readOnly) return model.tell('bad', t('refusedReadOnly'));
  if (!socket.isOpen && steps.some(({ action }) => action === 'send')) {
    return model.tell('bad', refusalText(notOpen(socket)));
  }
  if (model.replayer.state.value.type === 'running') return;
  // The list may be cleared meanwhile; then its rows are others.
  const { store } = model;
  await play(model.replayer, steps, {
    payloadOf: (row) => replayed(store, row),
    run: (action) => model.run(socket, action),
  });
  tellOfReplay(model);
}

async function play(
  { state, pace }: Replayer,
  steps: readonly ReplayStep[],
  means: Omit<ReplayMeans, 'onProgress'>,
): Promise<void> {
  const total = steps.length;
  const abort = new AbortController();
  let counts: ReplayCounts = { done: 0, missing: 0, unanswered: 0 };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = () => {
    timer = undefined;
    state.value = { type: 'running', ...counts, total, cancel: () => abort.abort() };
  };
  const onProgress = (now: ReplayCounts) => {
    counts = now;
    timer ??= setTimeout(show, PICTURE);
  };
  show();
  const end = await replay(steps, pace.value, { ...means, onProgress }, abort.signal);
  clearTimeout(timer);
  state.value = { type: 'ended', ...counts, total, end };
}

/** Steps for replaying the selected messages. */
export function replaySteps({ store, replayer, selection, filter }: PanelModel): ReplayStep[] {
  const received = replayer.received.value;
  const steps: ReplayStep[] = [];
  for (const row of selection.rows(filter.view)) {
    const kind = store.kind(row);
    const isSkipped = isReceived(kind) && received === 'skip';
    if (!isMessage(kind) || isSkipped) continue;
    const action = isReceived(kind) && received === 'inject' ? 'inject' : 'send';
    steps.push({ row, action, time: store.time(row) });
  }
  return steps;
}

/** Looked up when its turn comes: a long run must not be in memory twice. */
function replayed(store: FrameStore, row: number) {
  const payload = store.payload(row);
  if (payload !== undefined) return commandPayload(payload);
  return store.load(row).then((loaded) => (loaded === undefined ? undefined : commandPayload(loaded)));
}

function tellOfReplay(model: PanelModel): void {
  const state = model.replayer.state.value;
  if (state.type !== 'ended') return;
  const { end, missing, unanswered } = state;
  const parts = [endOfReplay(state)];
  if (missing > 0) parts.push(counted(missing, 'replayMissingOne', 'replayMissing'));
  if (unanswered > 0) parts.push(counted(unanswered, 'replayUnansweredOne', 'replayUnanswered'));
  model.tell(end.type === 'done' && missing === 0 ? 'good' : 'bad', parts.join('. '));
}

function endOfReplay({ end, done, total }: Extract<ReplayState, { type: 'ended' }>): string {
  switch (end.type) {
    case 'done':
      return counted(done, 'replayDoneOne', 'replayDone');
    case 'cancelled':
      return t('replayCancelled', wholeNumber(done), wholeNumber(total));
    case 'refused':
      return t('replayRefused', wholeNumber(done), wholeNumber(total), endText(end.refusal));
  }
}
