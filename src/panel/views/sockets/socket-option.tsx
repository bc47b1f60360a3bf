import type { JSX, VNode } from 'preact';
import type { Tally } from '../../../protocol/frames.ts';
import type { SocketRecord } from '../../../protocol/sockets.ts';
import { addTally, emptyTally, tallyBytes, tallyFrames } from '../../../store/ledger.ts';
import { problemOf } from '../../event-words.ts';
import { byteCount, duration, rateNumber, wholeNumber } from '../../format.ts';
import { type MessageKey, t } from '../../i18n.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import { lineNumber, type SocketLine } from '../../model/sockets/socket-lines.ts';
import type { ReadOnlyReason } from '../../session/sockets.ts';
import { shownUrl, shownWords, wholeUrl } from '../../url-words.ts';
import { readOnlyText, readyStateText } from '../../words.ts';
import { Sparkline } from './sparkline.tsx';

export function optionId(number: number): string {
  return `socket-${number}`;
}

const BADGES: Readonly<Record<ReadOnlyReason, MessageKey>> = {
  worker: 'readOnlyShort',
  before: 'readOnlyShort',
  unreached: 'readOnlyShort',
  handshake: 'handshakeShort',
  imported: 'importedShort',
};

/** A folded line is selected with any of its attempts. */
export function isLineSelected(
  { socket, earlier, isOpen }: SocketLine,
  selected: number | undefined,
): boolean {
  if (selected === undefined) return false;
  return socket.number === selected || (!isOpen && earlier.some(({ number }) => number === selected));
}

/** Where a line stands among all, of which there may be no others around it in the document. */
export interface Place {
  /** from 0 */
  readonly index: number;
  readonly count: number;
}

/** One line of the list. */
export function drawOption(model: PanelModel, line: SocketLine, isSelected: boolean, place?: Place): VNode {
  const { socket, earlier, isEarlier } = line;
  const { url, close } = socket.record;
  const { path, host } = shownUrl(url);
  const state = readyStateText(socket);
  const problem = shownWords((socket.handshake && problemOf(socket.handshake)) ?? '');
  const { colour, isPinned } = model.shelf.marks.of(socket);
  const classes = [
    `socket state-${socket.readyState}`,
    close && !close.wasClean ? 'is-unclean' : '',
    isEarlier ? 'is-earlier' : '',
    socket.isLostFromSight ? 'is-lost' : '',
  ];
  const curve = isEarlier ? undefined : model.shelf.rates.curve(socket);
  return (
    <div
      key={socket.number}
      id={optionId(socket.number)}
      class={classes.filter(Boolean).join(' ')}
      data-colour={colour}
      role="option"
      aria-selected={isSelected}
      aria-posinset={place && place.index + 1}
      aria-setsize={place?.count}
      title={[wholeUrl(url), problem, readOnlyText(socket.document)].filter(Boolean).join('\n')}
      onClick={() => {
        // One that was shown alone before its line was folded is a part of what the line stands for.
        const isWhole = line.isOpen || earlier.length === 0 || model.shownLine.followsReconnects;
        if (isSelected && isWhole) model.shownLine.showSocket(undefined);
        else model.shownLine.show(line);
      }}
    >
      <span class="for-readers">{spokenName(line, isPinned)}</span>
      <span class="dot" />
      <span class="socket-name">
        {earlier.length > 0 && <FoldMark model={model} line={line} />}
        <b>
          <bdi>{path}</bdi>
        </b>{' '}
        <bdi class="dim">{host}</bdi>
      </span>
      {curve && <Sparkline counts={curve} />}
      <span class="socket-facts">
        {socket.readOnly && <span class="badge">{t(BADGES[socket.readOnly])}</span>}
        <bdi>{factsOf(model, line, close ? `${state} ${close.code}` : state, problem).join(' · ')}</bdi>
      </span>
    </div>
  );
}

function factsOf(model: PanelModel, line: SocketLine, state: string, problem: string): string[] {
  const { socket, earlier, isEarlier } = line;
  const { record, lineage } = socket;
  const tally = tallyOf(line);
  const dropped = [socket, ...earlier].reduce((sum, { ledger }) => sum + ledger.droppedFrames(), 0);
  const rate = isEarlier ? 0 : model.shelf.rates.rate(socket);
  const attempt = lineage.attempt > 1 && earlier.length === 0 ? t('attemptShort', lineage.attempt) : '';
  const facts = [
    state,
    problem,
    earlier.length > 0 ? t('attemptsShort', wholeNumber(earlier.length + 1)) : '',
    isEarlier ? attempt : '',
    isEarlier && lineage.attempt > 1 ? t('attemptGapShort', duration(lineage.gap)) : '',
    wholeNumber(tallyFrames(tally)),
    byteCount(tallyBytes(tally)),
    rate > 0 ? t('rateShort', rateNumber(rate)) : '',
    shownWords(record.protocol),
    isEarlier ? '' : attempt,
    dropped > 0 ? t('droppedShort', wholeNumber(dropped)) : '',
    record.adopted ? t('adoptedShort') : '',
    streamMark(record),
  ];
  return facts.filter((fact) => fact !== '');
}

/** What all attempts of a line have together; of an open line each has its own. */
function tallyOf({ socket, earlier, isOpen }: SocketLine): Tally {
  const sum = emptyTally();
  addTally(sum, socket.ledger.accounted());
  if (!isOpen) for (const { ledger } of earlier) addTally(sum, ledger.accounted());
  return sum;
}

function spokenName(line: SocketLine, isPinned: boolean): string {
  const { socket, earlier, isOpen } = line;
  const parts = [
    `${wholeUrl(socket.record.url)} ${readyStateText(socket)}`,
    frameCount(tallyFrames(tallyOf(line))),
    earlier.length > 0 ? t(isOpen ? 'earlierShown' : 'earlierFolded', wholeNumber(earlier.length)) : '',
    isPinned ? t('pinnedSockets') : '',
  ];
  return `${parts.filter(Boolean).join(', ')} `;
}

/** The arrow of a line that stands for several attempts; the keys for it are those of a tree. */
function FoldMark({ model, line }: { readonly model: PanelModel; readonly line: SocketLine }): JSX.Element {
  return (
    <span
      class="fold"
      aria-hidden="true"
      title={t(line.isOpen ? 'foldAttempts' : 'showAttempts')}
      onClick={(event) => {
        event.stopPropagation();
        model.shelf.setOpen(lineNumber(line), !line.isOpen);
        model.touch();
      }}
    >
      {line.isOpen ? '▾' : '▸'}
    </span>
  );
}

function streamMark({ isStream, hasUnseen }: SocketRecord): string {
  if (!isStream) return '';
  return hasUnseen ? t('streamUnseenShort') : t('streamShort');
}

function frameCount(frames: number): string {
  return frames === 1 ? t('oneFrame') : t('frameCount', wholeNumber(frames));
}
