/** What the digits before the JSON of a Socket.IO packet say. */
export interface SocketIoHead {
  /** As the protocol calls it. */
  readonly packet: string;
  /** undefined for the main one */
  readonly namespace: string | undefined;
  /** What an acknowledgement will name, or does. */
  readonly id: string | undefined;
  /** Binary messages that follow and belong to it. */
  readonly attachments: number;
}

/** https://socket.io/docs/v4/socket-io-protocol: Engine.IO's message, packet type, attachments, namespace, acknowledgement id. */
const HEAD = /^4([0-6])(?:(\d+)-)?(?:(\/[^,]*),)?(\d+)?$/;

const PACKETS = ['CONNECT', 'DISCONNECT', 'EVENT', 'ACK', 'CONNECT_ERROR', 'BINARY_EVENT', 'BINARY_ACK'];

/** @returns undefined for packets of Engine.IO itself, and for what is none of either */
export function socketIoHead(head: string): SocketIoHead | undefined {
  const [, type = '', attachments = '0', namespace, id] = HEAD.exec(head) ?? [];
  const packet = PACKETS[Number.parseInt(type, 10)];
  return packet === undefined ? undefined : { packet, namespace, id, attachments: Number(attachments) };
}
