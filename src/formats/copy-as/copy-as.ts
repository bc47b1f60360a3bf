import { decodeUtf8, toBase64, toHex } from '../../decoders/bytes/bytes.ts';
import { envelopeOf, jsonOf } from '../../decoders/envelope.ts';
import { prettyJson } from '../../decoders/json/pretty.ts';
import { bytesOf, cArrays, jsArrays } from './arrays.ts';
import { javaScript } from './javascript.ts';
import { type Copied, type CopiedMessage, type CopiedSocket, copied, notCopied } from './source.ts';
import { websocat } from './websocat.ts';
import { wscat } from './wscat.ts';

/** All forms, in the order of the menu. */
export const COPY_FORMS = [
  'text',
  'pretty-json',
  'hex',
  'base64',
  'c-array',
  'js-array',
  'javascript',
  'websocat',
  'wscat',
] as const;
export type CopyForm = (typeof COPY_FORMS)[number];

/** Writes messages of one socket in a form. Text, hex and base64 have one line per message. */
export function copyAs(form: CopyForm, socket: CopiedSocket, messages: readonly CopiedMessage[]): Copied {
  switch (form) {
    case 'text':
      return joined(messages, textOf, 'not-text');
    case 'pretty-json':
      return joined(messages, (message) => prettyJsonOf(message, socket), 'not-json');
    case 'hex':
      return joined(messages, (message) => toHex(bytesOf(message)), 'not-text');
    case 'base64':
      return joined(messages, (message) => toBase64(bytesOf(message)), 'not-text');
    case 'c-array':
      return copied(cArrays(messages));
    case 'js-array':
      return copied(jsArrays(messages));
    case 'javascript':
      return copied(javaScript(socket, messages));
    case 'websocat':
      return websocat(socket, messages);
    case 'wscat':
      return wscat(socket, messages);
  }
}

/** Only the JSON itself, without what a protocol has wrapped around it. */
function prettyJsonOf(message: CopiedMessage, socket: CopiedSocket): string | undefined {
  const envelope = envelopeOf(message.payload, socket);
  return (envelope && prettyJson(jsonOf(envelope))) ?? prettyJson(textOf(message) ?? '');
}

function textOf({ payload }: CopiedMessage): string | undefined {
  if (typeof payload === 'string') return payload;
  const { text, valid } = decodeUtf8(payload);
  return valid ? text : undefined;
}

function joined(
  messages: readonly CopiedMessage[],
  write: (message: CopiedMessage) => string | undefined,
  problem: 'not-text' | 'not-json',
): Copied {
  const texts: string[] = [];
  for (const message of messages) {
    const text = write(message);
    if (text === undefined) return notCopied(problem);
    texts.push(text);
  }
  return copied(texts.join('\n'));
}
