import type { CommandPayload } from '../../../protocol/messages.ts';
import type { CommandRefusal } from '../../session/documents/commands-under-way.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { byteCount } from '../../words/format.ts';
import { t } from '../../words/i18n.ts';
import { shownUrl } from '../../words/urls.ts';
import { readyStateName, refusalText } from '../../words/words.ts';
import { draftOwner } from '../composer/composer.ts';
import { draftOf } from '../composer/formats.ts';
import type { PanelModel } from '../panel-model.ts';
import { commandPayload } from './command-payload.ts';
import { successorOf } from './target.ts';

/** What users do to sockets. Each action reports its outcome in the model's notice. */

/** Sends a frame's payload again as it was, on the socket it belongs to. */
export async function resend(model: PanelModel, row: number): Promise<void> {
  const socket = model.socketOf(row); // before the list may be cleared while the payload is read
  const payload = model.store.payload(row) ?? (await model.store.load(row));
  if (payload === undefined) return model.tell('bad', t('payloadNotThere'));
  if (socket && !socket.readOnly && !socket.isOpen) {
    return model.tell('bad', t('resendNotOpen', readyStateName(socket.readyState)));
  }
  await deliver(model, 'send', commandPayload(payload), socket);
}

/** Delivers a frame's payload to the page again, as if the server had sent it. */
export async function injectAgain(model: PanelModel, row: number): Promise<void> {
  const socket = model.socketOf(row);
  const payload = model.store.payload(row) ?? (await model.store.load(row));
  if (payload === undefined) return model.tell('bad', t('payloadNotThere'));
  await deliver(model, 'inject', commandPayload(payload), socket);
}

/** Takes a frame's payload into the composer, for its own socket or, if that is closed, for one that is open to the same URL. */
export async function editAndResend(model: PanelModel, row: number): Promise<void> {
  const socket = model.socketOf(row);
  const payload = model.store.payload(row) ?? (await model.store.load(row));
  if (payload === undefined) return model.tell('bad', t('payloadNotThere'));
  const target = socket && (successorOf(model, socket) ?? socket);
  model.chosenTarget.value = target?.number;
  const { composer } = model;
  composer.edit(payload, draftOf(payload, composer.format.value), draftOwner(target?.record.url));
}

/**
 * Sends or injects a payload and reports the outcome.
 * @param marks `FrameFlag` bits of its frame
 */
export async function deliver(
  model: PanelModel,
  action: 'send' | 'inject',
  payload: CommandPayload,
  socket: PanelSocket | undefined,
  marks = 0,
): Promise<boolean> {
  const problem = await handOver(model, action, payload, socket, marks);
  if (problem !== undefined || !socket) {
    model.tell('bad', problem ?? t('noTarget'));
    return false;
  }
  const size = byteCount(payload.type === 'text' ? new Blob([payload.text]).size : payload.bytes.length);
  const { path } = shownUrl(socket.record.url);
  model.tell('good', t(action === 'send' ? 'didSend' : 'didInject', size, path));
  return true;
}

/**
 * Sends or injects a payload.
 * @param marks `FrameFlag` bits of its frame
 * @param words the text for a refusal
 * @returns why it could not be done, as text
 */
export async function handOver(
  model: PanelModel,
  action: 'send' | 'inject',
  payload: CommandPayload,
  socket: PanelSocket | undefined,
  marks = 0,
  words = refusalText,
): Promise<string | undefined> {
  if (!socket) return t('noTarget');
  if (socket.readOnly) return t('refusedReadOnly');
  if (action === 'send' && !socket.isOpen) return words(notOpen(socket));
  const refusal = await model.run(socket, { type: action, payload, marks });
  return refusal && words(refusal);
}

/** Why nothing can be sent on a socket. */
export function notOpen({ readyState }: PanelSocket): CommandRefusal {
  return { reason: 'not-open', readyState };
}
