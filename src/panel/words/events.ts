import { closeCodeInfo } from '../../decoders/close-codes.ts';
import { summarise } from '../../decoders/summary.ts';
import type { Handshake } from '../../formats/handshake.ts';
import { type CloseDetail, FrameKind } from '../../protocol/frames.ts';
import type { FrameStore, Gap } from '../../store/frame-store.ts';
import type { PanelSocket } from '../session/recording/sockets.ts';
import { byteCount, wholeNumber } from './format.ts';
import { t, tDynamic } from './i18n.ts';
import { gapReason } from './words.ts';

/** Characters of a close's reason that are shown. */
const REASON_CHARS = 240;

/** What an open, error, close or gap row says. */
export function describeEvent(store: FrameStore, row: number, socket: PanelSocket | undefined): string {
  switch (store.kind(row)) {
    case FrameKind.open: {
      const { protocol = '', extensions = '' } = socket?.record ?? {};
      return [t('summaryOpen'), protocol, extensions].filter(Boolean).join(' · ');
    }
    case FrameKind.error:
      // A page learns nothing but that there was an error; the network log can know more.
      return (socket && problemOf(socket)) || t('summaryError');
    case FrameKind.close:
      return describeClose(store.close(row)) || closedWithoutCode(socket);
    case FrameKind.gap:
      return describeGap(store.gap(row));
    case FrameKind.unseenSent:
      return t('summarySentUnseen');
    case FrameKind.unseenReceived:
      return t('summaryReceivedUnseen');
    default:
      return '';
  }
}

/** Neither the network log nor every file has the code. */
function closedWithoutCode(socket: PanelSocket | undefined): string {
  if (!socket?.readOnly) return '';
  return t(socket.readOnly === 'imported' ? 'summaryClosedInFile' : 'summaryClosed');
}

/** What became of a handshake that went wrong, in few words; empty if it did not, and where nobody knows. */
export function problemOf({ handshake, record }: PanelSocket): string {
  if (!handshake) return '';
  const said = refusalOf(handshake) || (handshake.failure && t('failed', handshake.failure));
  const isOver = record.openedAt === undefined && record.closedAt !== undefined;
  return said || (isOver && isStatusLost(handshake) ? t('refused', t('statusLost')) : '');
}

/** The server has answered: its headers are there, and the status line is not (see `answerOf` in `read-entry.ts`). */
export function isStatusLost({ status, responseHeaders }: Handshake): boolean {
  return status === 0 && responseHeaders.length > 0;
}

/** The answer with which a server refused a handshake, in words; empty if it did not. */
export function refusalOf(handshake: Handshake): string {
  const { status } = handshake;
  return status === 0 || status === 101 ? '' : t('refused', statusOf(handshake));
}

/** As in the status line: `101 Switching Protocols`. */
export function statusOf({ status, statusText }: Handshake): string {
  return [status, statusText || REASON_PHRASES[status]].filter(Boolean).join(' ');
}

/** Chrome does not say how the server worded a refusal. https://www.rfc-editor.org/rfc/rfc9110#section-15 */
const REASON_PHRASES: Readonly<Record<number, string>> = {
  101: 'Switching Protocols',
  200: 'OK',
  301: 'Moved Permanently',
  302: 'Found',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  407: 'Proxy Authentication Required',
  410: 'Gone',
  421: 'Misdirected Request',
  426: 'Upgrade Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

export function describeClose(close: CloseDetail | undefined): string {
  if (!close) return '';
  const { code, reason, wasClean } = close;
  const { name } = closeCodeInfo(code);
  const parts = [
    name ? `${code} ${name}` : String(code),
    reason && t('quoted', summarise(reason, REASON_CHARS)),
    wasClean ? t('closeClean') : t('closeNotClean'),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** What a close code means and what usually causes it, in a sentence. */
export function closeCodeMeaning(code: number): string {
  return tDynamic(closeCodeInfo(code).messageKey, [String(code)]);
}

function describeGap(gap: Gap | undefined): string {
  if (!gap) return '';
  const { frames, bytes, reason, first } = gap;
  const isKnown = reason !== 'left' && reason !== 'unexplained';
  const words = [isKnown ? byteCount(bytes) : t('sizeUnknown'), gapReason(reason)] as const;
  const isOne = frames === 1;
  const text = isOne ? t('summaryGapOne', ...words) : t('summaryGap', wholeNumber(frames), ...words);
  if (first === undefined) return text;
  const numbers = isOne
    ? t('gapNumber', wholeNumber(first))
    : t('gapNumbers', wholeNumber(first), wholeNumber(first + frames - 1));
  return `${text} · ${numbers}`;
}
