import type { VNode } from 'preact';
import type { SocketRecord } from '../../../protocol/sockets.ts';
import { tallyBytes, tallyFrames } from '../../../store/ledger.ts';
import { byteCount, urlParts, wholeNumber } from '../../format.ts';
import { t } from '../../i18n.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import type { PanelSocket } from '../../session/sockets.ts';
import { problemOf, readOnlyText, readyStateName } from '../../words.ts';

export function optionId(number: number): string {
  return `socket-${number}`;
}

/** One socket of the list. */
export function drawOption(model: PanelModel, socket: PanelSocket, isSelected: boolean): VNode {
  const { url, protocol, close } = socket.record;
  const { path, host } = urlParts(url);
  const tally = socket.ledger.accounted();
  const state = readyStateName(socket.readyState);
  const dropped = socket.ledger.droppedFrames();
  const facts = [
    close ? `${state} ${close.code}` : state,
    wholeNumber(tallyFrames(tally)),
    byteCount(tallyBytes(tally)),
    protocol,
    socket.lineage.attempt > 1 ? t('attemptShort', socket.lineage.attempt) : '',
    dropped > 0 ? t('droppedShort', wholeNumber(dropped)) : '',
    socket.record.adopted ? t('adoptedShort') : '',
    streamMark(socket.record),
  ];
  const problem = socket.handshake && problemOf(socket.handshake);
  if (problem) facts.splice(1, 0, problem);
  return (
    <div
      key={socket.number}
      id={optionId(socket.number)}
      class={`socket state-${socket.readyState} ${close && !close.wasClean ? 'is-unclean' : ''}`}
      role="option"
      aria-selected={isSelected}
      title={[url, problem, readOnlyText(socket.document)].filter(Boolean).join('\n')}
      onClick={() => model.showSocket(isSelected ? undefined : socket.number)}
    >
      <span class="for-readers">{`${url} ${state}, ${frameCount(tallyFrames(tally))} `}</span>
      <span class="dot" />
      <span class="socket-name">
        <b>{path}</b> <span class="dim">{host}</span>
      </span>
      <span class="socket-facts">
        {socket.readOnly && (
          <span class="badge">{t(socket.readOnly === 'imported' ? 'importedShort' : 'readOnlyShort')}</span>
        )}
        {facts.filter(Boolean).join(' · ')}
      </span>
    </div>
  );
}

function streamMark({ isStream, hasUnseen }: SocketRecord): string {
  if (!isStream) return '';
  return hasUnseen ? t('streamUnseenShort') : t('streamShort');
}

function frameCount(frames: number): string {
  return frames === 1 ? t('oneFrame') : t('frameCount', wholeNumber(frames));
}
