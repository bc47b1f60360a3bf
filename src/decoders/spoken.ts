import { ENGINE_IO_URL, SOCKJS_URL, type SocketWords, speaksMqtt } from './protocol-signs.ts';
import { BYTES_READINGS, type BytesReading } from './readings/formats.ts';

/** What a socket's address, its subprotocol or the user says of what its messages are. */
export const SPOKEN_PROTOCOLS = ['Socket.IO', 'SockJS', 'MQTT', ...BYTES_READINGS, 'bytes'] as const;
export type SpokenProtocol = (typeof SPOKEN_PROTOCOLS)[number];

/**
 * What is spoken in the messages of a kind; undefined where only the messages themselves may tell.
 * @param kind texts and binary messages of a socket may be of different protocols
 */
export function spokenOn(socket: SocketWords, kind: 'text' | 'bytes'): SpokenProtocol | undefined {
  const { url, protocol } = socket;
  if (kind === 'bytes') return socket.reading ?? (speaksMqtt(protocol) ? 'MQTT' : namedReading(socket));
  if (speaksMqtt(protocol)) return 'MQTT';
  if (ENGINE_IO_URL.test(url)) return 'Socket.IO';
  return SOCKJS_URL.test(url) ? 'SockJS' : undefined;
}

/** Names of formats as subprotocols (`wamp.2.msgpack`) and addresses (`?encoding=cbor`) hold them. */
const FORMAT_NAMES: readonly (readonly [name: RegExp, reading: BytesReading])[] = [
  [/(?<![a-z])(?:msgpack|messagepack)(?![a-z])/i, 'MessagePack'],
  [/(?<![a-z])cbor(?![a-z])/i, 'CBOR'],
  [/(?<![a-z])protobuf(?![a-z])/i, 'Protobuf'],
];

function namedReading({ url, protocol }: SocketWords): BytesReading | undefined {
  const place = url.replace(/^\w+:\/\/[^/?#]*/, ''); // hosts are called as their owners like
  return FORMAT_NAMES.find(([name]) => name.test(protocol) || name.test(place))?.[1];
}
