import { closeCodeInfo } from '../decoders/close-codes.ts';
import { summarise, summariseBytes } from '../decoders/summary.ts';
import type { Handshake } from '../formats/har/read-entry.ts';
import { type CloseDetail, FrameFlag, FrameKind, MAX_PAYLOAD } from '../protocol/frames.ts';
import type { LossReason } from '../store/block-content.ts';
import type { FrameStore, Gap } from '../store/frame-store.ts';
import type { GapReason } from '../store/ledger.ts';
import type { SpillTrouble } from '../store/spill.ts';
import { byteCount, wholeNumber } from './format.ts';
import { type MessageKey, t, tDynamic } from './i18n.ts';
import type { CommandRefusal } from './session/document-link.ts';
import type { PanelDocument, PanelSocket, ReadOnlyReason } from './session/sockets.ts';

const READY_STATES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'] as const;

/** The standard's own term, which is not translated. */
export function readyStateName(readyState: number): string {
  return READY_STATES[readyState] ?? 'CLOSED';
}

/** Name of an event's row, or the direction of a message's. */
export function directionName(kind: FrameKind): string {
  switch (kind) {
    case FrameKind.sentText:
    case FrameKind.sentBinary:
      return t('directionSent');
    case FrameKind.receivedText:
    case FrameKind.receivedBinary:
      return t('directionReceived');
    case FrameKind.open:
      return t('eventOpen');
    case FrameKind.error:
      return t('eventError');
    case FrameKind.close:
      return t('eventClose');
    case FrameKind.gap:
      return t('eventGap');
    case FrameKind.unseenSent:
    case FrameKind.unseenReceived:
      return t('eventUnseen');
  }
}

/** What the type column says. */
export function typeName(kind: FrameKind): string {
  switch (kind) {
    case FrameKind.sentText:
    case FrameKind.receivedText:
      return t('typeText');
    case FrameKind.sentBinary:
    case FrameKind.receivedBinary:
      return t('typeBinary');
    default:
      return directionName(kind);
  }
}

/** Characters of a payload that a row looks at. */
const SUMMARY_CHARS = 240;
/** Bytes of a payload that a row looks at. */
const SUMMARY_BYTES = 32;

/** One line for a row's data column. */
export function summary(store: FrameStore, row: number, socket: PanelSocket | undefined): string {
  const flags = store.flags(row);
  if (flags & FrameFlag.pending) return t('payloadPending', byteCount(store.size(row)));
  if (flags & FrameFlag.payloadGone) return lostPayload(store.size(row));
  const head = store.head(row, SUMMARY_CHARS + 1);
  const absence = head === undefined ? payloadAbsence(store, row) : undefined;
  if (absence !== undefined) return absence;
  if (typeof head === 'string') return summarise(head, SUMMARY_CHARS);
  if (head) return summariseBytes(head, SUMMARY_BYTES);
  return describeEvent(store, row, socket);
}

function lostPayload(size: number): string {
  return size > MAX_PAYLOAD
    ? t('payloadTooLarge', byteCount(size), byteCount(MAX_PAYLOAD))
    : t('payloadGone', byteCount(size));
}

/** Why the payload of a message that was captured is not in memory; undefined if it is. */
export function payloadAbsence(store: FrameStore, row: number): string | undefined {
  switch (store.payloadState(row)) {
    case 'none':
    case 'here':
      return undefined;
    case 'away':
      return t('payloadLoading');
    case 'memory':
      return t('payloadLetGo', byteCount(store.size(row)));
    case 'broken':
      return t('payloadBroken', byteCount(store.size(row)));
  }
}

const TROUBLES: Readonly<Record<SpillTrouble, MessageKey>> = {
  quota: 'troubleQuota',
  broken: 'troubleBroken',
  'no-disk': 'troubleNoDisk',
};

export function spillTroubleText(trouble: SpillTrouble): string {
  return t(TROUBLES[trouble]);
}

const LOSSES: Readonly<Record<LossReason, MessageKey>> = { memory: 'lossMemory', broken: 'lossBroken' };

/** How many messages are without their payload, and why. */
export function lossText(reason: LossReason, messages: number): string {
  return t(LOSSES[reason], wholeNumber(messages));
}

/** What an open, error, close or gap row says. */
export function describeEvent(store: FrameStore, row: number, socket: PanelSocket | undefined): string {
  switch (store.kind(row)) {
    case FrameKind.open: {
      const { protocol = '', extensions = '' } = socket?.record ?? {};
      return [t('summaryOpen'), protocol, extensions].filter(Boolean).join(' · ');
    }
    case FrameKind.error:
      return describeError(socket?.handshake);
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

/** A page learns nothing but that there was an error; the network log can know more. */
function describeError(handshake: Handshake | undefined): string {
  return (handshake && problemOf(handshake)) || t('summaryError');
}

/** What became of a handshake that went wrong, in few words; empty if it did not. */
export function problemOf(handshake: Handshake): string {
  return refusalOf(handshake) || (handshake.failure && t('failed', handshake.failure));
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

const READ_ONLY_REASONS: Readonly<Record<ReadOnlyReason, MessageKey>> = {
  worker: 'readOnlyWorker',
  before: 'readOnlyBefore',
  unreached: 'readOnlyUnreached',
  handshake: 'readOnlyHandshake',
  imported: 'readOnlyImported',
};

/** Why nobody can act on the sockets of a document; undefined where people can. */
export function readOnlyText({ readOnly, file }: PanelDocument): string | undefined {
  return readOnly && t(READ_ONLY_REASONS[readOnly], file ?? '');
}

export function describeClose(close: CloseDetail | undefined): string {
  if (!close) return '';
  const { code, reason, wasClean } = close;
  const { name } = closeCodeInfo(code);
  const parts = [
    name ? `${code} ${name}` : String(code),
    reason && `“${summarise(reason, SUMMARY_CHARS)}”`,
    wasClean ? t('closeClean') : t('closeNotClean'),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** What a close code means and what usually causes it, in a sentence. */
export function closeCodeMeaning(code: number): string {
  return tDynamic(closeCodeInfo(code).messageKey, [String(code)]);
}

const GAP_REASONS: Readonly<Record<GapReason, MessageKey>> = {
  'before-panel': 'gapBeforePanel',
  'over-credit': 'gapOverCredit',
  disconnected: 'gapDisconnected',
  paused: 'gapPaused',
  memory: 'gapMemory',
  left: 'gapLeft',
  imported: 'gapImported',
  unexplained: 'gapUnexplained',
};

function describeGap(gap: Gap | undefined): string {
  if (!gap) return '';
  const { frames, bytes, reason, first } = gap;
  const isKnown = reason !== 'left' && reason !== 'unexplained';
  const words = [
    wholeNumber(frames),
    isKnown ? byteCount(bytes) : t('sizeUnknown'),
    gapReason(reason),
  ] as const;
  if (first === undefined) return t('summaryGap', ...words);
  return t('summaryGapNumbered', ...words, wholeNumber(first), wholeNumber(first + frames - 1));
}

/** How many frames were dropped, for each reason. */
export function droppedLines(dropped: Iterable<readonly [GapReason, number]>): string[] {
  return [...dropped].map(([reason, frames]) => `${wholeNumber(frames)} ${gapReason(reason)}`);
}

export function gapReason(reason: GapReason): string {
  return t(GAP_REASONS[reason]);
}

/** Why an action was not carried out, and what is possible instead. */
export function refusalText(refusal: CommandRefusal): string {
  switch (refusal.reason) {
    case 'not-open':
      return t('refusedNotOpen', readyStateName(refusal.readyState));
    case 'no-such-socket':
      return t('refusedNoSuchSocket');
    case 'stream-inject':
      return t('refusedStreamInject');
    case 'stream-locked':
      return t('refusedStreamLocked');
    case 'no-connection':
      return t('refusedNoConnection');
    case 'read-only':
      return t('refusedReadOnly');
    case 'browser':
      return t('refusedByBrowser', refusal.message);
  }
}
