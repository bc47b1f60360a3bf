import { FrameKind } from '../../protocol/frames.ts';
import type { SpillTrouble } from '../../store/blocks/spill.ts';
import type { GapReason } from '../../store/ledger.ts';
import type { PayloadLoss } from '../../store/store-host.ts';
import type { CommandRefusal } from '../session/documents/commands-under-way.ts';
import type { PanelDocument, PanelSocket, ReadOnlyReason } from '../session/recording/sockets.ts';
import { wholeNumber } from './format.ts';
import { type MessageKey, t } from './i18n.ts';

const READY_STATES = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'] as const;

/** The standard's own term, which is not translated. */
export function readyStateName(readyState: number): string {
  return READY_STATES[readyState] ?? 'CLOSED';
}

/** The ready state in words, and whether it is still known. */
export function readyStateText({ readyState, isLostFromSight }: PanelSocket): string {
  const name = readyStateName(readyState);
  return isLostFromSight ? t('lastState', name) : name;
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

const TROUBLES: Readonly<Record<SpillTrouble, MessageKey>> = {
  quota: 'troubleQuota',
  broken: 'troubleBroken',
  'no-disk': 'troubleNoDisk',
};

export function spillTroubleText(trouble: SpillTrouble): string {
  return t(TROUBLES[trouble]);
}

const LOSSES: Readonly<Record<PayloadLoss, MessageKey>> = {
  memory: 'lossMemory',
  broken: 'lossBroken',
  absent: 'lossAbsent',
};

/** How many messages are without their payload, and why. */
export function lossText(reason: PayloadLoss, messages: number): string {
  return t(LOSSES[reason], wholeNumber(messages));
}

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

/** How many frames were dropped, for each reason. */
export function droppedLines(dropped: Iterable<readonly [GapReason, number]>): string[] {
  return [...dropped].map(([reason, frames]) => `${wholeNumber(frames)} ${gapReason(reason)}`);
}

export function gapReason(reason: GapReason): string {
  return t(GAP_REASONS[reason]);
}

/** Why one of many actions was the last. */
export function endText(refusal: CommandRefusal): string {
  return refusal.reason === 'not-open'
    ? t('endedNotOpen', readyStateName(refusal.readyState))
    : refusalText(refusal);
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
    case 'unanswered':
      return t('refusedUnanswered');
    case 'read-only':
      return t('refusedReadOnly');
    case 'browser':
      return t('refusedByBrowser', refusal.message);
  }
}
