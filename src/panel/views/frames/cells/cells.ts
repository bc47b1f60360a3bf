import type { FrameKind } from '../../../../protocol/frames.ts';
import { isMessage, isReceived } from '../../../model/frames/frame-kinds.ts';
import { frameTime, sinceRow } from '../../../model/frames/frame-time.ts';
import { messageTypeOf } from '../../../model/types/message-type-of.ts';
import { byteCount, dateAndTime, wholeNumber } from '../../../words/format.ts';
import { t } from '../../../words/i18n.ts';
import { shortPath, shownWords, wholeUrl } from '../../../words/urls.ts';
import { directionName, typeName } from '../../../words/words.ts';
import { iconElement, RECEIVED, SENT } from '../../controls/icon-element.ts';
import { type Cell, type CellMakers, cellElement, elementOf, textIn, titleOf } from './cell.ts';
import { dataCell } from './data-cell.ts';
import type { DrawnFrame } from './drawn-frame.ts';
import { rare, rareCell } from './rare-cell.ts';

/** The function that makes the cells of each column. */
export const CELLS: CellMakers = {
  star: starCell,
  time: timeCell,
  delta: deltaCell,
  direction: directionCell,
  socket: socketCell,
  type: typeCell,
  length: lengthCell,
  data: dataCell,
  latency: () => rareCell('latency', ({ latencyCell }) => latencyCell()),
  note: () => rareCell('note', ({ noteCell }) => noteCell()),
};

function timeCell(): Cell {
  const element = cellElement('time');
  const say = textIn(element);
  const explain = titleOf(element);
  return {
    element,
    draw({ model: { store }, row, before, timeFormat }) {
      explain(dateAndTime(store.time(row)));
      say(frameTime(timeFormat, store, row, before));
    },
  };
}

function deltaCell(): Cell {
  const element = cellElement('delta');
  const say = textIn(element);
  return {
    element,
    draw: ({ model, row, before }) =>
      say(before === undefined ? '' : String(sinceRow(model.store, row, before))),
  };
}

/** An arrow or a dot to look at, and the word for screen readers. */
function directionCell(): Cell {
  const element = cellElement('direction');
  const word = elementOf('span', 'for-readers');
  const say = textIn(word);
  const explain = titleOf(element);
  const marks: Partial<Record<Mark, Element>> = {};
  element.append(word);
  return {
    element,
    draw({ kind }) {
      const mark = markOf(kind);
      marks[mark] ??= makeMark(mark);
      if (element.firstChild === word) word.before(marks[mark]);
      else if (element.firstChild !== marks[mark]) element.firstChild?.replaceWith(marks[mark]);
      explain(directionName(kind));
      say(directionName(kind));
    },
  };
}

type Mark = 'sent' | 'received' | 'event';

function markOf(kind: FrameKind): Mark {
  if (!isMessage(kind)) return 'event';
  return isReceived(kind) ? 'received' : 'sent';
}

function makeMark(mark: Mark): Element {
  if (mark === 'event') return elementOf('span', 'event-dot');
  return iconElement(mark === 'sent' ? SENT : RECEIVED);
}

function socketCell(): Cell {
  const element = cellElement('socket-cell');
  const path = elementOf('bdi');
  const say = textIn(path);
  const explain = titleOf(element);
  let drawn: string | undefined;
  element.append(path);
  return {
    element,
    draw({ socket }) {
      const url = socket?.record.url ?? '';
      if (url === drawn) return;
      drawn = url;
      explain(wholeUrl(url));
      say(shortPath(url));
    },
  };
}

/** The message type as its protocol names it. The tooltip and the text for screen readers also say whether it is text or binary. */
function typeCell(): Cell {
  const element = cellElement('type');
  const say = textIn(element);
  const word = elementOf('span', 'for-readers');
  const sayWord = textIn(word);
  const chip = elementOf('bdi', 'message-type');
  const sayChip = textIn(chip);
  const explainChip = titleOf(chip);
  return {
    element,
    draw({ model, row, kind }) {
      const type = messageTypeOf(model, row);
      if (type === undefined) {
        say(typeName(kind));
        word.remove();
        chip.remove();
        return;
      }
      const name = shownWords(type);
      say('');
      sayWord(`${typeName(kind)} `);
      sayChip(name);
      explainChip(`${typeName(kind)}: ${name}`);
      if (!chip.parentNode) element.append(word, chip);
    },
  };
}

/** The exact number accompanies a rounded one, for users who cannot hover. */
function lengthCell(): Cell {
  const element = cellElement('length');
  const say = textIn(element);
  const rounded = elementOf('span');
  const sayRounded = textIn(rounded);
  const exact = elementOf('span', 'for-readers');
  const sayExact = textIn(exact);
  const explain = titleOf(element);
  let drawnSize = -1;
  let drawnKind = -1;
  rounded.setAttribute('aria-hidden', 'true');
  return {
    element,
    draw({ model, row, kind }) {
      const size = model.store.size(row);
      if (size === drawnSize && kind === drawnKind) return;
      drawnSize = size;
      drawnKind = kind;
      explain(`${wholeNumber(size)} B`);
      const isRounded = isMessage(kind) && size >= 1000;
      say(isMessage(kind) && !isRounded ? byteCount(size) : '');
      if (isRounded) {
        sayRounded(byteCount(size));
        sayExact(`${size} B`);
        element.append(rounded, exact);
      } else {
        rounded.remove();
        exact.remove();
      }
    },
  };
}

function starCell(): Cell {
  const element = cellElement('star');
  const explain = titleOf(element);
  let drawn: DrawnFrame | undefined;
  let wasStarred = false;
  element.addEventListener('click', () => {
    if (!drawn) return;
    const { model, row } = drawn;
    void rare.load().then(({ toggleStar }) => toggleStar(model, row));
  });
  return {
    element,
    draw(frame) {
      drawn = frame;
      const { isStarred } = frame.model.store.remarks.of(frame.row);
      if (isStarred === wasStarred) return;
      wasStarred = isStarred;
      element.classList.toggle('is-starred', isStarred);
      // In an empty cell, a tooltip would become its accessible name on every row.
      explain(isStarred ? t('columnStar') : undefined);
      element.replaceChildren(...(isStarred ? [star(), elementOf('span', 'for-readers', t('starred'))] : []));
    },
  };
}

function star(): HTMLElement {
  const element = elementOf('span', '', '★');
  element.setAttribute('aria-hidden', 'true');
  return element;
}
