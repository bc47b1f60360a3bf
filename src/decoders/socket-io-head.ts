/** What the digits before the JSON of a Socket.IO packet say. */
export interface SocketIoHead {
  /** The protocol's name for the packet type. */
  readonly packet: string;
  /** Undefined for the main namespace. */
  readonly namespace: string | undefined;
  /** The id by which a packet and its acknowledgement are matched. */
  readonly id: string | undefined;
  /** Number of binary messages that follow and belong to this packet. */
  readonly attachments: number;
}

/** https://socket.io/docs/v4/socket-io-protocol: Engine.IO's message, packet type, attachments, namespace, acknowledgement id. */
const HEAD = /^4([0-6])(?:(\d+)-)?(?:(\/[^,]*),)?(\d+)?$/;

const PACKETS = ['CONNECT', 'DISCONNECT', 'EVENT', 'ACK', 'CONNECT_ERROR', 'BINARY_EVENT', 'BINARY_ACK'];

/** @returns undefined for packets of Engine.IO itself and for anything else */
export function socketIoHead(head: string): SocketIoHead | undefined {
  const [, type = '', attachments = '0', namespace, id] = HEAD.exec(head) ?? [];
  const packet = PACKETS[Number.parseInt(type, 10)];
  return packet === undefined ? undefined : { packet, namespace, id, attachments: Number(attachments) };
}
