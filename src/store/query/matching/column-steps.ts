import { FrameFlag, FrameKind } from '../../../protocol/frames.ts';
import type { Direction, EventName, Mark, PayloadType } from '../language/expression.ts';
import { substringNeedle } from '../language/text-test.ts';
import { localTimeOfDay } from '../language/time-of-day.ts';
import { Answer, answerOf } from './answer.ts';
import { starStep } from './remark-steps.ts';
import { anywhere, COST, disjunction, type RowTest, type Step } from './steps.ts';

export const DIRECTION_KINDS: Readonly<Record<Direction, readonly FrameKind[]>> = {
  sent: [FrameKind.sentText, FrameKind.sentBinary],
  received: [FrameKind.receivedText, FrameKind.receivedBinary],
};

export const PAYLOAD_KINDS: Readonly<Record<PayloadType, readonly FrameKind[]>> = {
  text: [FrameKind.sentText, FrameKind.receivedText],
  binary: [FrameKind.sentBinary, FrameKind.receivedBinary],
};

export const MESSAGE_KINDS: readonly FrameKind[] = [...DIRECTION_KINDS.sent, ...DIRECTION_KINDS.received];

export const EVENT_KIND: Readonly<Record<EventName, FrameKind>> = {
  open: FrameKind.open,
  error: FrameKind.error,
  close: FrameKind.close,
};

/** Flag of each mark; a gap is a kind of row and has none, and stars are not flags. */
const MARK_FLAG: Readonly<Record<Mark, number>> = {
  injected: FrameFlag.injected,
  replayed: FrameFlag.replayed,
  edited: FrameFlag.edited,
  panel: FrameFlag.byPanel,
  discarded: FrameFlag.discarded,
  dropped: 0,
  starred: 0,
};

export function kindStep(kinds: readonly FrameKind[]): Step {
  const mask = kinds.reduce<number>((bits, kind) => bits | (1 << kind), 0);
  return {
    cost: COST.column,
    test: (source, row) => answerOf(((mask >> source.kind(row)) & 1) === 1),
    mayPass: (stretch) => (stretch.kinds & mask) !== 0,
  };
}

export function markStep(marks: readonly Mark[]): Step {
  const mask = marks.reduce<number>((bits, mark) => bits | MARK_FLAG[mark], 0);
  const flagged: RowTest = (source, row) => answerOf((source.flags(row) & mask) !== 0);
  const steps: Step[] = mask === 0 ? [] : [{ cost: COST.column, test: flagged, mayPass: anywhere }];
  if (marks.includes('dropped')) {
    steps.push(kindStep([FrameKind.gap, FrameKind.unseenSent, FrameKind.unseenReceived]));
  }
  if (marks.includes('starred')) steps.push(starStep());
  const [only, ...others] = steps;
  return only && others.length === 0 ? only : disjunction(steps);
}

/** Only frames have a length: an `open` is not a frame of no bytes. */
export function lengthStep(min: number, max: number): Step {
  return {
    cost: COST.column,
    test: (source, row) => {
      if (source.kind(row) >= FrameKind.open) return Answer.no;
      const size = source.size(row);
      return answerOf(size >= min && size <= max);
    },
    mayPass: anywhere,
  };
}

export function timeStep(from: number, to: number): Step {
  const timeOfDay = localTimeOfDay();
  return {
    cost: COST.column,
    test: (source, row) => {
      const time = timeOfDay(source.time(row));
      return answerOf(time >= from && time <= to);
    },
    mayPass: anywhere,
  };
}

export function spanStep(from: number, to: number): Step {
  return {
    cost: COST.column,
    test: (source, row) => {
      const time = source.time(row);
      return answerOf(time >= from && time < to);
    },
    mayPass: anywhere,
  };
}

/** A range of ages, in ms before a moment, both ends included. */
export function ageStep(least: number, most: number, now: number): Step {
  return {
    cost: COST.column,
    test: (source, row) => {
      const age = now - source.time(row);
      return answerOf(age >= least && age <= most);
    },
    mayPass: anywhere,
  };
}

/** Adjacent rows often belong to the same socket. */
export function socketStep(text: string): Step {
  const needle = substringNeedle(text);
  let last: string | undefined;
  let answer: Answer = Answer.no;
  return {
    cost: COST.url,
    test: (source, row) => {
      const url = source.url(row);
      if (url === last) return answer;
      last = url;
      answer = answerOf(needle.find(url, 0) !== -1);
      return answer;
    },
    mayPass: anywhere,
  };
}

export function socketNumberStep(numbers: readonly number[]): Step {
  const [only, ...others] = numbers;
  if (only !== undefined && others.length === 0) {
    return {
      cost: COST.column,
      test: (source, row) => answerOf(source.socket(row) === only),
      mayPass: (stretch) => stretch.hasSocket(only),
    };
  }
  // A line of the list stands for tens of thousands of attempts where a page has reconnected all day.
  const wanted = new Set(numbers);
  return {
    cost: COST.column,
    test: (source, row) => answerOf(wanted.has(source.socket(row))),
    mayPass: (stretch) => stretch.hasAnySocket(wanted),
  };
}

/** @param isHidden whether the socket of this number is hidden; called once for consecutive rows of a socket */
export function shownStep(isHidden: (socket: number) => boolean): Step {
  let last: number | undefined;
  let answer: Answer = Answer.no;
  return {
    cost: COST.column,
    test: (source, row) => {
      const socket = source.socket(row);
      if (socket === last) return answer;
      last = socket;
      answer = answerOf(!isHidden(socket));
      return answer;
    },
    mayPass: anywhere,
  };
}
