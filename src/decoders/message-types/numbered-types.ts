/** Names of message types for which JSON objects of some protocols have numbers. */

import { SIGNALR_SEPARATOR } from '../protocol-signs.ts';

/** https://github.com/dotnet/aspnetcore/blob/main/src/SignalR/docs/specs/HubProtocol.md#json-encoding */
const SIGNALR = [
  undefined,
  'invocation',
  'stream item',
  'completion',
  'stream invocation',
  'cancel invocation',
  'ping',
  'close',
  'ack',
  'sequence',
] as const;
const PING = `{"type":6}${SIGNALR_SEPARATOR}`;
const INVOCATIONS = ['1', '4'];
const TARGET = /"target"\s*:\s*"((?:[^"\\]|\\.){1,64})"/;

/** Services whose addresses say which protocol they speak, and the numbers of its heartbeats. */
const SERVICES: readonly { readonly url: RegExp; readonly beats: Readonly<Record<string, string>> }[] = [
  // https://discord.com/developers/docs/topics/opcodes-and-status-codes
  { url: /^wss?:\/\/[^/?#]*\bdiscord\.gg(?=[/?:]|$)/i, beats: { 1: 'heartbeat', 11: 'heartbeat ack' } },
  // https://ably.com/docs/protocol
  { url: /^wss?:\/\/[^/?#]*\bably(?:-realtime)?\.(?:io|net|com)(?=[/?:]|$)/i, beats: { 0: 'heartbeat' } },
];

/**
 * The name of a number; the number itself where nobody knows better.
 * @param head the beginning of the message
 * @param isCut whether it goes on
 */
export function nameOfNumber(number: string, head: string, isCut: boolean, url: string): string {
  const beat = SERVICES.find((service) => service.url.test(url))?.beats[number];
  return beat ?? signalRName(number, head, isCut) ?? number;
}

function signalRName(number: string, head: string, isCut: boolean): string | undefined {
  const target = INVOCATIONS.includes(number) ? TARGET.exec(head)?.[1] : undefined;
  // The separator of a long message is beyond what is looked at; but it has these.
  const isSignalR = isCut
    ? target !== undefined || /"invocationId"\s*:/.test(head)
    : head.endsWith(SIGNALR_SEPARATOR);
  if (!isSignalR) return undefined;
  return target ?? (number.length === 1 ? SIGNALR[Number(number)] : undefined);
}

/** What follows a ping of SignalR in the same message; undefined where it is none, or nothing follows. */
export function behindPing(head: string): string | undefined {
  return head.length > PING.length && head.startsWith(PING) ? head.slice(PING.length) : undefined;
}
