import { validateClose } from '../../decoders/close-codes.ts';
import type { CommandPayload } from '../../protocol/messages.ts';
import { byteCount, urlParts, wholeNumber } from '../format.ts';
import { t } from '../i18n.ts';
import type { PanelSocket } from '../session/sockets.ts';
import { readyStateName, refusalText } from '../words.ts';
import { commandPayload, type PanelModel } from './panel-model.ts';

/** What people do to sockets; each says in the model's notice what came of it. */

export async function sendDraft(model: PanelModel, action: 'send' | 'inject'): Promise<void> {
  const payload = model.composer.payload();
  if (!payload) return model.tell('bad', t('draftNotSendable'));
  await deliver(model, action, payload, model.target());
}

/** Sends a frame's payload again as it was, on the socket it belongs to. */
export async function resend(model: PanelModel, row: number): Promise<void> {
  const payload = model.store.payload(row) ?? (await model.store.load(row));
  if (payload === undefined) return model.tell('bad', t('payloadNotThere'));
  const socket = model.socketOf(row);
  if (socket && !socket.readOnly && !socket.isOpen) {
    return model.tell('bad', t('resendNotOpen', readyStateName(socket.readyState)));
  }
  await deliver(model, 'send', commandPayload(payload), socket);
}

/** Takes a frame's payload into the composer, for its own socket or, if that is closed, for one that is open to the same URL. */
export async function editAndResend(model: PanelModel, row: number): Promise<void> {
  const payload = model.store.payload(row) ?? (await model.store.load(row));
  if (payload === undefined) return model.tell('bad', t('payloadNotThere'));
  const socket = model.socketOf(row);
  const canTake = (other: PanelSocket) => other.isOpen && !other.readOnly;
  const isTwin = (other: PanelSocket) => canTake(other) && other.record.url === socket?.record.url;
  const standIn = socket && model.standInFor(socket);
  const twin = socket && canTake(socket) ? socket : (standIn ?? model.sockets().findLast(isTwin));
  model.chosenTarget.value = (twin ?? socket)?.number;
  model.composer.edit(payload);
}

async function deliver(
  model: PanelModel,
  action: 'send' | 'inject',
  payload: CommandPayload,
  socket: PanelSocket | undefined,
): Promise<void> {
  if (!socket) return model.tell('bad', t('noTarget'));
  if (socket.readOnly) return model.tell('bad', t('refusedReadOnly'));
  if (action === 'send' && !socket.isOpen) return model.tell('bad', notOpen(socket));
  const refusal = await model.run(socket, { type: action, payload });
  if (refusal) return model.tell('bad', refusalText(refusal));
  const size = byteCount(payload.type === 'text' ? new Blob([payload.text]).size : payload.bytes.length);
  const { path } = urlParts(socket.record.url);
  model.tell('good', t(action === 'send' ? 'didSend' : 'didInject', size, path));
}

/** Closes the socket; a code or reason that the standard does not allow is refused before anything is sent. */
export async function closeSocket(
  model: PanelModel,
  socket: PanelSocket,
  code: number | undefined,
  reason: string,
): Promise<boolean> {
  const problem = closeProblem(code, reason);
  if (problem) {
    model.tell('bad', problem);
    return false;
  }
  const refusal = await model.run(socket, {
    type: 'close',
    code,
    reason: reason === '' ? undefined : reason,
  });
  if (refusal) model.tell('bad', refusalText(refusal));
  else model.tell('good', t('didClose', urlParts(socket.record.url).path));
  return !refusal;
}

/** Why the standard refuses this close, in words; undefined if it does not. */
export function closeProblem(code: number | undefined, reason: string): string | undefined {
  const validity = validateClose(code, reason);
  if (validity.ok) return undefined;
  switch (validity.problem) {
    case 'code-not-allowed':
      return t('closeCodeNotAllowed');
    case 'reason-too-long':
      return t('closeReasonTooLong', validity.byteLength, validity.limit);
    case 'reason-without-code':
      return t('closeReasonWithoutCode');
  }
}

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

function notOpen(socket: PanelSocket): string {
  return t('refusedNotOpen', readyStateName(socket.readyState));
}
