import type { BytesReading } from './readings/formats.ts';

/** By what protocols over WebSocket are known. */

/** Each address of Engine.IO, over which Socket.IO speaks, names the revision: https://socket.io/docs/v4/engine-io-protocol */
export const ENGINE_IO_URL = /[?&]EIO=\d/;

/** Ends each message of SignalR: https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md#json-encoding */
export const SIGNALR_SEPARATOR = '\u001e';

/** https://github.com/sockjs/sockjs-protocol: addresses of its sockets. */
export const SOCKJS_URL = /\/[^/?]+\/[^/?]+\/websocket(?:\?|$)/;

const MQTT = /^mqtt/i;

/** What of a socket says which protocol it speaks. */
export interface SocketWords {
  readonly url: string;
  /** The subprotocol; empty where there is none. */
  readonly protocol: string;
  /** As what its binary messages are to be read; by themselves they are read as what they look like. */
  readonly reading?: ReadingChoice | undefined;
}

/** As what the user wants the binary messages of a socket to be read: in a format, or not at all. */
export type ReadingChoice = BytesReading | 'bytes';

/** Of a row whose socket is not known any more. */
export const UNKNOWN_SOCKET: SocketWords = { url: '', protocol: '' };

/** @param protocol the subprotocol */
export function speaksMqtt(protocol: string): boolean {
  return MQTT.test(protocol);
}
