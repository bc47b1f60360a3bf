import { fieldsOf, listOf, oneOf, readBy, truth } from './shapes.ts';

/** Colours by which people tell sockets apart. */
export const SOCKET_COLOURS = ['none', 'red', 'orange', 'green', 'teal', 'blue', 'purple'] as const;
export type SocketColour = (typeof SOCKET_COLOURS)[number];

/** How the user has marked the sockets of one endpoint. */
export interface SocketMark {
  /** The address without its query. */
  readonly endpoint: string;
  readonly colour: SocketColour;
  readonly isPinned: boolean;
  readonly isHidden: boolean;
}

export const SOCKET_ORDERS = ['opened', 'name', 'rate', 'bytes', 'state'] as const;
export type SocketOrder = (typeof SOCKET_ORDERS)[number];

export const socketMarks = listOf(
  fieldsOf<SocketMark>({
    endpoint: readBy('"wss://…"', (value) => (typeof value === 'string' ? value : undefined)),
    colour: oneOf(...SOCKET_COLOURS),
    isPinned: truth,
    isHidden: truth,
  }),
);
