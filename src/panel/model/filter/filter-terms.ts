import { EVENTS, type Expression } from '../../../store/query/language/expression.ts';

/** The quick choice beside the filter box. */
export type Direction = 'all' | 'sent' | 'received' | 'events';

/** A time span in ms since the epoch, without its end. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** What is chosen outside the filter box. */
export interface Choices {
  /** Whether rows of hidden sockets are left out. */
  readonly hides: boolean;
  /** Panel-wide numbers of the sockets that are shown; empty shows all. */
  readonly sockets: readonly number[];
  readonly direction: Direction;
  readonly span: TimeSpan | undefined;
}

/** The conditions that these choices put on rows. */
export function termsOf({ hides, sockets, direction, span }: Choices): Expression[] {
  // Sockets that are shown alone have all their rows shown, even if they are hidden.
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
