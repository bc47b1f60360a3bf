import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { FrameFlag } from '../../../protocol/frames.ts';
import type { Gap } from '../../../store/frame-store.ts';
import { tallyFrames } from '../../../store/ledger.ts';
import { closeCodeMeaning, describeClose } from '../../event-words.ts';
import { byteCount, dateAndTime, duration, wholeNumber } from '../../format.ts';
import { t } from '../../i18n.ts';
import { isMessage, isSent } from '../../model/frame-kinds.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import { summary } from '../../row-words.ts';
import { numberInSocket } from '../../session/numbers.ts';
import type { PanelSocket } from '../../session/sockets.ts';
import {
  directionName,
  droppedLines,
  gapReason,
  readOnlyText,
  readyStateText,
  typeName,
} from '../../words.ts';
import { useModel } from '../context.ts';
import { documentLabel } from '../sockets/document-label.ts';
import { Fact, Facts, Stack } from './facts.tsx';
import { HandshakeInfo } from './handshake.tsx';

/** Times, sizes, call stack and socket of one frame. */
export function FrameInfo({ row }: { readonly row: number }): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const { store } = model;
  const kind = store.kind(row);
  const socket = model.socketOf(row);
  const close = store.close(row);
  const opened = socket?.record.openedAt;
  const time = store.time(row);
  const gap = store.gap(row);
  const number = useMemo(() => numberText(model, row), [store, row]);
  return (
    <div class="info">
      <Facts title={t('infoFrame')}>
        <Fact
          name={t('infoKind')}
        >{`${directionName(kind)}${isMessage(kind) ? ` · ${typeName(kind)}` : ''}`}</Fact>
        <Fact name={t('infoNumber')}>{gap ? gapNumbers(gap, socket) : number}</Fact>
        <Fact name={t('infoTime')}>{dateAndTime(time)}</Fact>
        <Fact name={t('infoSinceOpen')}>
          {opened !== undefined && time >= opened ? duration(time - opened) : undefined}
        </Fact>
        <Fact name={t('infoLength')}>{isMessage(kind) ? exactBytes(store.size(row)) : undefined}</Fact>
        <Fact name={t('infoMarks')}>{markText(store.flags(row))}</Fact>
        <Fact name={t('infoClose')}>{close && describeClose(close)}</Fact>
        <Fact name={t('infoMeaning')}>{close && closeCodeMeaning(close.code)}</Fact>
        <Fact name={t('infoWhat')}>{isMessage(kind) || close ? undefined : summary(store, row, socket)}</Fact>
        <Fact name={t('infoReason')}>{gap && gapReason(gap.reason)}</Fact>
      </Facts>
      {isSent(kind) && <Stack stack={store.stack(row)} title={t('infoSentBy')} />}
      {socket && <SocketInfo socket={socket} />}
    </div>
  );
}

/** All that is known of one socket. */
export function SocketInfo({ socket }: { readonly socket: PanelSocket }): JSX.Element {
  const model = useModel();
  void model.revision.value;
  const { record, document, ledger } = socket;
  const { close, closing } = record;
  const tally = ledger.accounted();
  const cleared = tallyFrames(ledger.cleared);
  return (
    <div class="info">
      <Facts title={t('infoSocket')}>
        <Fact name={t('infoUrl')}>{record.url}</Fact>
        <Fact name={t('infoReadyState')}>{readyStateText(socket)}</Fact>
        <Fact name={t('infoReadOnly')}>{readOnlyFact(socket)}</Fact>
        <Fact name={t('infoLivesIn')}>
          {[documentLabel(document), document.identity.url].filter(Boolean).join(' — ')}
        </Fact>
        <Fact name={t('infoProtocol')}>{record.protocol || t('infoNone')}</Fact>
        <Fact name={t('infoExtensions')}>{record.extensions || t('infoNone')}</Fact>
        <Fact name={t('infoSent')}>{amount(tally.sent, tally.sentBytes)}</Fact>
        <Fact name={t('infoReceived')}>{amount(tally.received, tally.receivedBytes)}</Fact>
        <Fact name={t('infoObserved')}>{wholeNumber(ledger.observed())}</Fact>
        <Fact name={t('infoStored')}>{wholeNumber(tallyFrames(ledger.stored))}</Fact>
        <Fact name={t('infoInFlight')}>{wholeNumber(ledger.inFlight())}</Fact>
        <Fact name={t('infoDropped')}>{droppedText(socket)}</Fact>
        <Fact name={t('infoCleared')}>{cleared > 0 ? wholeNumber(cleared) : undefined}</Fact>
        <Fact name={t('infoBuffered')}>
          {socket.readOnly || record.isStream ? undefined : exactBytes(record.bufferedAmount)}
        </Fact>
        <Fact name={t('infoBinaryType')}>{record.binaryType}</Fact>
        <Fact name={t('infoCreated')}>{dateAndTime(record.createdAt)}</Fact>
        <Fact name={t('infoOpened')}>{record.openedAt && dateAndTime(record.openedAt)}</Fact>
        <Fact name={t('infoClosed')}>{record.closedAt && dateAndTime(record.closedAt)}</Fact>
        <Fact name={t('infoClosing')}>
          {closing &&
            [t(closing.by === 'panel' ? 'closingByPanel' : 'closingByPage'), closing.code, closing.reason]
              .filter((part) => part !== undefined && part !== '')
              .join(' · ')}
        </Fact>
        <Fact name={t('infoClose')}>{close && describeClose(close)}</Fact>
        <Fact name={t('infoMeaning')}>{close && closeCodeMeaning(close.code)}</Fact>
        <Fact name={t('infoReconnect')}>{reconnectText(socket)}</Fact>
        <Fact name={t('infoStream')}>
          {record.isStream && t(record.hasUnseen ? 'streamUnseenText' : 'streamText')}
        </Fact>
        <Fact name={t('infoAdopted')}>{record.adopted ? t('adoptedText') : undefined}</Fact>
      </Facts>
      <HandshakeInfo key={socket.number} socket={socket} />
      <Stack stack={socket.handshake?.initiator || record.stack} title={t('infoCreatedBy')} />
    </div>
  );
}

function readOnlyFact({ document, isUnfollowed }: PanelSocket): string | undefined {
  if (!document.readOnly) return undefined;
  return [readOnlyText(document), isUnfollowed ? t('readOnlyUnfollowed') : ''].filter(Boolean).join(' ');
}

function reconnectText({ lineage }: PanelSocket): string | undefined {
  if (lineage.predecessor === undefined) return undefined;
  return t('reconnectText', lineage.attempt, duration(lineage.gap));
}

function amount(frames: number, bytes: number): string {
  return t('infoAmount', wholeNumber(frames), byteCount(bytes));
}

function exactBytes(bytes: number): string {
  return bytes < 1000 ? byteCount(bytes) : `${byteCount(bytes)} (${wholeNumber(bytes)} B)`;
}

function droppedText({ ledger }: PanelSocket): string {
  const frames = [...ledger.dropped].map(([reason, tally]) => [reason, tallyFrames(tally)] as const);
  return droppedLines(frames.filter(([, count]) => count > 0)).join(' · ') || t('ledgerNothingDropped');
}

function numberText(model: PanelModel, row: number): string | undefined {
  const number = numberInSocket(model.session.recorder, row);
  return number === undefined ? undefined : t('numberOfSocket', wholeNumber(number));
}

function gapNumbers({ first, frames }: Gap, socket: PanelSocket | undefined): string | undefined {
  if (first === undefined) return undefined;
  const key = socket ? 'numbersOfSocket' : 'numbersOfPage';
  return t(key, wholeNumber(first), wholeNumber(first + frames - 1));
}

function markText(flags: number): string {
  return [
    flags & FrameFlag.injected ? t('infoInjected') : flags & FrameFlag.byPanel ? t('infoByPanel') : '',
    flags & FrameFlag.replayed ? t('infoReplayed') : '',
    flags & FrameFlag.edited ? t('infoEdited') : '',
    flags & FrameFlag.discarded ? t('infoDiscarded') : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
