import { mqttText } from '../../decoders/mqtt/type.ts';
import { speaksMqtt } from '../../decoders/protocol-signs.ts';
import { shortenIds, summarise, summariseBytes } from '../../decoders/summary.ts';
import { FrameFlag, type FrameKind, MAX_PAYLOAD } from '../../protocol/frames.ts';
import { isBinaryKind } from '../../protocol/guards.ts';
import type { FrameStore } from '../../store/frame-store.ts';
import { filterEngine } from '../model/filter/filter-loader.ts';
import type { PanelSocket } from '../session/recording/sockets.ts';
import { describeEvent } from './events.ts';
import { byteCount } from './format.ts';
import { t } from './i18n.ts';

/** Characters of a payload that a row looks at. */
const SUMMARY_CHARS = 240;
/** Bytes of a payload that a row looks at. */
const SUMMARY_BYTES = 32;
/** Bytes of a control packet that a row looks at, so that it is whole. */
const PACKET_BYTES = 4096;
/** Most bytes that a UTF-16 unit takes on the wire. */
const BYTES_A_UNIT = 3;

/** One line for a row's data column. */
export function summary(store: FrameStore, row: number, socket: PanelSocket | undefined): string {
  const flags = store.flags(row);
  if (flags & FrameFlag.pending) return t('payloadPending', byteCount(store.size(row)));
  if (flags & FrameFlag.payloadGone) return lostPayload(store.kind(row), store.size(row));
  const head = store.head(row, SUMMARY_CHARS + 1);
  const absence = head === undefined ? payloadAbsence(store, row) : undefined;
  if (absence !== undefined) return absence;
  if (typeof head === 'string') return shortenIds(summarise(head, SUMMARY_CHARS));
  if (head) return packetOf(store, row, head, socket) ?? summariseBytes(head, SUMMARY_BYTES);
  // Subprotocols, status texts and reasons come from servers and files.
  return summarise(describeEvent(store, row, socket), SUMMARY_CHARS);
}

/**
 * Topic and contents of what is published by MQTT, where they are text, and what other packets ask for or say; the values that other messages hold.
 * Bytes tell nothing of them.
 */
function packetOf(
  store: FrameStore,
  row: number,
  head: Uint8Array,
  socket: PanelSocket | undefined,
): string | undefined {
  if (!socket) return undefined;
  const isMqtt = socket.reading === undefined && speaksMqtt(socket.record.protocol);
  const published = isMqtt ? mqttText(head, store.size(row)) : undefined;
  if (published !== undefined) return summarise(published, SUMMARY_CHARS);
  const engine = filterEngine(); // loaded after the first picture
  if (!engine) return undefined;
  const packet = store.head(row, PACKET_BYTES);
  if (!(packet instanceof Uint8Array)) return undefined;
  const line = isMqtt ? engine.mqttLine(packet) : engine.beginningOf(packet, store.size(row), socket.words);
  return line === undefined ? undefined : shortenIds(summarise(line, SUMMARY_CHARS));
}

/**
 * The limit is one of bytes, or of UTF-16 units of text, each of which takes up to three bytes on the wire: of text whose size is between them it
 * is not known whether it was too large.
 */
function lostPayload(kind: FrameKind, size: number): string {
  return size > (isBinaryKind(kind) ? MAX_PAYLOAD : BYTES_A_UNIT * MAX_PAYLOAD)
    ? t('payloadTooLarge', byteCount(size), byteCount(MAX_PAYLOAD))
    : t('payloadGone', byteCount(size));
}

/** Why the payload of a message that was captured is not in memory; undefined if it is. */
export function payloadAbsence(store: FrameStore, row: number): string | undefined {
  switch (store.payloadState(row)) {
    case 'none':
    case 'here':
      return undefined;
    case 'away':
      return t('payloadLoading');
    case 'memory':
      return t('payloadLetGo', byteCount(store.size(row)));
    case 'broken':
      return t('payloadBroken', byteCount(store.size(row)));
  }
}
