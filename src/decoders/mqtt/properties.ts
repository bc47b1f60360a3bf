import type { PacketFields, PacketValue } from './fields.ts';
import { MalformedPacket, type PacketReader } from './packet-reader.ts';

type Kind = 'byte' | 'twoBytes' | 'fourBytes' | 'integer' | 'text' | 'binary';

/** By number. @see https://docs.oasis-open.org/mqtt/mqtt/v5.0/os/mqtt-v5.0-os.html 2.2.2.2 */
const PROPERTIES: Readonly<Record<number, readonly [name: string, kind: Kind]>> = {
  1: ['payloadFormatIndicator', 'byte'],
  2: ['messageExpiryInterval', 'fourBytes'],
  3: ['contentType', 'text'],
  8: ['responseTopic', 'text'],
  9: ['correlationData', 'binary'],
  11: ['subscriptionIdentifier', 'integer'],
  17: ['sessionExpiryInterval', 'fourBytes'],
  18: ['assignedClientIdentifier', 'text'],
  19: ['serverKeepAlive', 'twoBytes'],
  21: ['authenticationMethod', 'text'],
  22: ['authenticationData', 'binary'],
  23: ['requestProblemInformation', 'byte'],
  24: ['willDelayInterval', 'fourBytes'],
  25: ['requestResponseInformation', 'byte'],
  26: ['responseInformation', 'text'],
  28: ['serverReference', 'text'],
  31: ['reasonString', 'text'],
  33: ['receiveMaximum', 'twoBytes'],
  34: ['topicAliasMaximum', 'twoBytes'],
  35: ['topicAlias', 'twoBytes'],
  36: ['maximumQoS', 'byte'],
  37: ['retainAvailable', 'byte'],
  39: ['maximumPacketSize', 'fourBytes'],
  40: ['wildcardSubscriptionAvailable', 'byte'],
  41: ['subscriptionIdentifiersAvailable', 'byte'],
  42: ['sharedSubscriptionAvailable', 'byte'],
};
const USER_PROPERTY = 38;

/**
 * The properties of an MQTT 5 packet: their length, then each with its number. A repeated property becomes a list. User properties
 * become a list of pairs in their original order, because their names may repeat.
 * @returns undefined if there are none
 */
export function readProperties(packet: PacketReader): PacketFields | undefined {
  const reader = packet.within(packet.integer());
  if (reader.isOver) return undefined;
  const values = new Map<string, PacketValue[]>();
  const pairs: PacketValue[] = [];
  while (!reader.isOver) {
    const number = reader.integer();
    if (number === USER_PROPERTY) {
      pairs.push([reader.text(), reader.text()]);
      continue;
    }
    const [name, kind] = PROPERTIES[number] ?? [];
    if (name === undefined || kind === undefined) throw new MalformedPacket();
    const value = reader[kind]();
    const before = values.get(name);
    if (before) before.push(value);
    else values.set(name, [value]);
  }
  const fields = Object.fromEntries(
    [...values].map(([name, [first, ...more]]) => [name, more.length === 0 ? first : [first, ...more]]),
  );
  return pairs.length === 0 ? fields : { ...fields, userProperties: pairs };
}
