/** What kind of message bytes are, where a protocol that is known by name or by its form says so at their beginning. */

import { toHex } from '../bytes/bytes.ts';
import { mqttType } from '../mqtt/type.ts';
import { speaksMqtt } from '../protocol-signs.ts';
import { isHeartbeat } from './heartbeats.ts';

/** bytes; nothing longer is a heartbeat that is known by all of its bytes */
const LONGEST_BEAT = 16;

/** Whole messages that mean nothing else in the protocols that send them. */
const BEATS: Readonly<Record<string, string>> = {
  /** SignalR, MessagePack hub protocol: length 2, then `[6]`. */
  '029106': 'ping',
  /** AMQP 0-9-1: a heartbeat frame. */
  '08000000000000ce': 'heartbeat',
  /** AMQP 1.0: an empty frame. */
  '0000000802000000': 'heartbeat',
};

/**
 * The type of a message of bytes.
 * @param protocol subprotocol of the socket; empty where there is none
 * @returns undefined where nothing names it
 */
export function binaryType(bytes: Uint8Array, protocol: string): string | undefined {
  if (speaksMqtt(protocol)) return mqttType(bytes);
  if (bytes.length === 0 || bytes.length > LONGEST_BEAT) return undefined;
  const hex = toHex(bytes);
  const known = BEATS[hex];
  if (known !== undefined) return known;
  const text = String.fromCharCode(...bytes);
  // STOMP's empty line, as a stream of bytes.
  if (/stomp/i.test(protocol) && /^\r?\n$/.test(text)) return 'heartbeat';
  if (isHeartbeat(text.trim())) return text.trim();
  // What a byte stands for nobody but its program knows, but it is told apart.
  return bytes.length === 1 ? `0x${hex}` : undefined;
}
