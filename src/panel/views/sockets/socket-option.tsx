import type { JSX, VNode } from 'preact';
import { spokenOn } from '../../../decoders/spoken.ts';
import type { Tally } from '../../../protocol/frames.ts';
import type { SocketRecord } from '../../../protocol/sockets.ts';
import { addTally, emptyTally, tallyBytes, tallyFrames } from '../../../store/ledger.ts';
import type { PanelModel } from '../../model/panel-model.ts';
import { lineNumber, type SocketLine } from '../../model/sockets/socket-lines.ts';
import type { ReadOnlyReason } from '../../session/recording/sockets.ts';
import { problemOf } from '../../words/events.ts';
import { byteCount, counted, duration, rateNumber, wholeNumber } from '../../words/format.ts';
import { type MessageKey, t } from '../../words/i18n.ts';
import { shownUrl, shownWords, wholeUrl } from '../../words/urls.ts';
import { readOnlyText, readyStateText } from '../../words/words.ts';
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
      title={[wholeUrl(url), shownWords(problemOf(socket)), readOnlyText(socket.document)]
        .filter(Boolean)
        .join('\n')}
      onClick={() => {
        // One that was shown alone before its line was folded is a part of what the line stands for.
        const isWhole = line.isOpen || earlier.length === 0 || model.shownLine.followsReconnects;
        if (isSelected && isWhole) model.shownLine.showSocket(undefined);
        else model.shownLine.show(line);
      }}
    >
      <span class="for-readers">{spokenName(model, line, isPinned)}</span>
      <span class="dot" />
      <span class="socket-name" aria-hidden="true">
        {earlier.length > 0 && <FoldMark model={model} line={line} />}
        <b>
          <bdi>{path}</bdi>
        </b>{' '}
        <bdi class="dim">{host}</bdi>
      </span>
      {curve && <Sparkline counts={curve} />}
      <span class="socket-facts" aria-hidden="true">
        {socket.readOnly && <span class="badge">{t(BADGES[socket.readOnly])}</span>}
        <bdi>{factsOf(model, line, wholeNumber(tallyFrames(tallyOf(line)))).join(' · ')}</bdi>
      </span>
    </div>
  );
}

/** @param frames how many there are */
function factsOf(model: PanelModel, line: SocketLine, frames: string): string[] {
  const { socket, earlier, isEarlier, isOneOfSeveral } = line;
  const { record, lineage } = socket;
  const { close } = record;
  const state = readyStateText(socket);
  const dropped = [socket, ...earlier].reduce((sum, { ledger }) => sum + ledger.droppedFrames(), 0);
  const rate = isEarlier ? 0 : model.shelf.rates.rate(socket);
  const isMarked = isOneOfSeveral || (lineage.attempt > 1 && earlier.length === 0);
  const attempt = isMarked ? t('attemptShort', lineage.attempt) : '';
  const facts = [
    close ? `${state} ${close.code}` : state,
    shownWords(problemOf(socket)),
    earlier.length > 0 ? t('attemptsShort', wholeNumber(earlier.length + 1)) : '',
    attempt,
    isEarlier && lineage.attempt > 1 ? t('attemptGapShort', duration(lineage.gap)) : '',
    frames,
    byteCount(tallyBytes(tallyOf(line))),
    rate > 0 ? t('rateShort', rateNumber(rate)) : '',
    shownWords(record.protocol) || (spokenOn(record, 'text') ?? ''),
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

/** All that is to be seen of it, in an order to listen to; what is seen is not read out once more. */
function spokenName(model: PanelModel, line: SocketLine, isPinned: boolean): string {
  const { socket, earlier, isOpen } = line;
  const parts = [
    ...factsOf(model, line, counted(tallyFrames(tallyOf(line)), 'oneFrame', 'frameCount')),
    socket.readOnly ? t(BADGES[socket.readOnly]) : '',
    earlier.length > 0 ? earlierWords(earlier.length, isOpen) : '',
    isPinned ? t('pinnedSockets') : '',
  ];
  return `${wholeUrl(socket.record.url)} ${parts.filter(Boolean).join(', ')} `;
}

function earlierWords(count: number, isOpen: boolean): string {
  return isOpen
    ? counted(count, 'earlierShownOne', 'earlierShown')
    : counted(count, 'earlierFoldedOne', 'earlierFolded');
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
