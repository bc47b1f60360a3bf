import { EVENTS, type Expression } from '../../store/query/expression.ts';

/** The quick choice beside the filter box. */
export type Direction = 'all' | 'sent' | 'received' | 'events';

/** A stretch of time in ms since the epoch; its end is not part of it. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** What is chosen outside the filter box. */
export interface Choices {
  /** Rows of hidden sockets are left out. */
  readonly hides: boolean;
  /** Panel-wide numbers of the only sockets that are shown; empty shows all. */
  readonly sockets: readonly number[];
  readonly direction: Direction;
  readonly span: TimeSpan | undefined;
}

/** What that asks of rows. */
export function termsOf({ hides, sockets, direction, span }: Choices): Expression[] {
  // Of one socket that is shown alone every row is shown.
  const hiding: Expression | undefined = hides && sockets.length === 0 ? { type: 'shown' } : undefined;
  const socket: Expression | undefined =
    sockets.length > 0 ? { type: 'socket-number', anyOf: sockets } : undefined;
  const time: Expression | undefined = span && { type: 'span', ...span };
  return [hiding, socket, directionTerm(direction), time].filter((term) => term !== undefined);
}

function directionTerm(direction: Direction): Expression | undefined {
  switch (direction) {
    case 'all':
      return undefined;
    case 'sent':
    case 'received':
      return { type: 'direction', anyOf: [direction] };
    case 'events':
      return {
        type: 'or',
        terms: [
          { type: 'event', anyOf: EVENTS },
          { type: 'mark', anyOf: ['dropped'] },
        ],
      };
  }
}
