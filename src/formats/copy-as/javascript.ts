import { toBase64 } from '../../decoders/bytes/bytes.ts';
import type { CopiedMessage, CopiedSocket } from './source.ts';

/** A script for a page or for Node that opens the socket and sends the messages. */
export function javaScript({ url, protocol }: CopiedSocket, messages: readonly CopiedMessage[]): string {
  const protocols = protocol === '' ? '' : `, [${jsString(protocol)}]`;
  const sends = messages.map(({ payload }) => {
    const argument = typeof payload === 'string' ? jsString(payload) : `bytes("${toBase64(payload)}")`;
    return `  socket.send(${argument});`;
  });
  const isBinary = messages.some(({ payload }) => typeof payload !== 'string');
  return [
    `const socket = new WebSocket(${jsString(url)}${protocols});`,
    'socket.binaryType = "arraybuffer";',
    'socket.addEventListener("message", ({ data }) => console.log("received", data));',
    'socket.addEventListener("close", ({ code, reason }) => console.log("closed", code, reason));',
    'socket.addEventListener("open", () => {',
    ...sends,
    '});',
    ...(isBinary ? BYTES : []),
    '',
  ].join('\n');
}

const BYTES = [
  '',
  'function bytes(base64) {',
  '  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));',
  '}',
];

/**
 * A string literal. Besides what JSON escapes, it escapes characters that are invisible or reorder the text, and those that would end a script or begin a
 * comment in HTML.
 */
function jsString(text: string): string {
  return JSON.stringify(text)
    .replace(/[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, escaped)
    .replace(/<(?=[/!])/g, '\\u003c');
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
