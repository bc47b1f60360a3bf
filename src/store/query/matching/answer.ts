/**
 * What a test says of a row. `later`: not with what is in memory and on this thread; a payload has to be read from disk, or a
 * regular expression has to be run where it can be stopped.
 */
export const Answer = { no: 0, yes: 1, later: 2 } as const;
export type Answer = (typeof Answer)[keyof typeof Answer];

export function answerOf(isTrue: boolean): Answer {
  return isTrue ? Answer.yes : Answer.no;
}

export function opposite(answer: Answer): Answer {
  switch (answer) {
    case Answer.no:
      return Answer.yes;
    case Answer.yes:
      return Answer.no;
    case Answer.later:
      return Answer.later;
  }
}
