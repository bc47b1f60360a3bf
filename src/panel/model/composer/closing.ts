import { validateClose } from '../../../decoders/close-codes.ts';
import { ReadyState } from '../../../protocol/sockets.ts';
import type { PanelSocket } from '../../session/recording/sockets.ts';
import { t } from '../../words/i18n.ts';
import { shownUrl } from '../../words/urls.ts';
import { readyStateName, refusalText } from '../../words/words.ts';
import type { PanelModel } from '../panel-model.ts';

/** Closes the socket; a code or reason that the standard does not allow is rejected before anything is sent. */
export async function closeSocket(
  model: PanelModel,
  socket: PanelSocket,
  code: number | undefined,
  reason: string,
): Promise<boolean> {
  const problem = overText(socket) ?? closeProblem(code, reason);
  if (problem) {
    model.tell('bad', problem);
    return false;
  }
  const refusal = await model.run(socket, {
    type: 'close',
    code,
    reason: reason === '' ? undefined : reason,
  });
  if (refusal)
    model.tell(
      'bad',
      refusal.reason === 'not-open' ? overWords(socket, refusal.readyState) : refusalText(refusal),
    );
  else model.tell('good', t('didClose', shownUrl(socket.record.url).path));
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

/** That a socket is on its way to be closed, or closed, in words; undefined if it is not. */
export function overText(socket: PanelSocket): string | undefined {
  const { readyState } = socket;
  return readyState < ReadyState.closing ? undefined : overWords(socket, readyState);
}

function overWords({ record }: PanelSocket, readyState: number): string {
  return t('closeIsOver', shownUrl(record.url).path, readyStateName(readyState));
}
