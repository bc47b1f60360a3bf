/** By what protocols over WebSocket are known. */

/** Each address of Engine.IO, over which Socket.IO speaks, names the revision: https://socket.io/docs/v4/engine-io-protocol */
export const ENGINE_IO_URL = /[?&]EIO=\d/;

/** Ends each message of SignalR: https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md#json-encoding */
export const SIGNALR_SEPARATOR = '\u001e';

/** https://github.com/sockjs/sockjs-protocol: addresses of its sockets. */
const SOCKJS_URL = /\/[^/?]+\/[^/?]+\/websocket(?:\?|$)/;

const MQTT = /^mqtt/i;

/** What of a socket says which protocol it speaks. */
export interface SocketWords {
  readonly url: string;
  /** The subprotocol; empty where there is none. */
  readonly protocol: string;
}

/** Of a row whose socket is not known any more. */
export const UNKNOWN_SOCKET: SocketWords = { url: '', protocol: '' };

/** Protocols that a socket's address or subprotocol names. */
export const SPOKEN_PROTOCOLS = ['Socket.IO', 'SockJS', 'MQTT'] as const;
export type SpokenProtocol = (typeof SPOKEN_PROTOCOLS)[number];

/** Undefined where only the messages themselves may tell. */
export function spokenOn({ url, protocol }: SocketWords): SpokenProtocol | undefined {
  if (speaksMqtt(protocol)) return 'MQTT';
  if (ENGINE_IO_URL.test(url)) return 'Socket.IO';
  return SOCKJS_URL.test(url) ? 'SockJS' : undefined;
}

/** @param protocol the subprotocol */
export function speaksMqtt(protocol: string): boolean {
  return MQTT.test(protocol);
}
