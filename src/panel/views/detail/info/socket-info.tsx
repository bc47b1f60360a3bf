import type { JSX } from 'preact';
import { tallyFrames } from '../../../../store/ledger.ts';
import type { PanelSocket } from '../../../session/recording/sockets.ts';
import { closeCodeMeaning, describeClose } from '../../../words/events.ts';
import { byteCount, dateAndTime, duration, exactBytes, wholeNumber } from '../../../words/format.ts';
import { t } from '../../../words/i18n.ts';
import { droppedLines, readOnlyText, readyStateText } from '../../../words/words.ts';
import { useModel } from '../../context.ts';
import { Fact, Facts, Stack } from '../../controls/facts.tsx';
import { documentLabel } from '../../sockets/document-label.ts';
import { HandshakeInfo } from './handshake-info.tsx';

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

function droppedText({ ledger }: PanelSocket): string {
  const frames = [...ledger.dropped].map(([reason, tally]) => [reason, tallyFrames(tally)] as const);
  return droppedLines(frames.filter(([, count]) => count > 0)).join(' · ') || t('ledgerNothingDropped');
}
