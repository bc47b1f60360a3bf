import { toBase64, utf8Length } from '../../decoders/bytes/bytes.ts';
import { printed, word } from './shell.ts';
import { type Copied, type CopiedMessage, type CopiedSocket, copied, notCopied } from './source.ts';

/** Bytes that websocat reads at once by default. */
const BUFFER = 65_536;

/**
 * A command line of websocat 1 that sends the messages and goes on listening. Bytes are sent as base64 after a prefix, which no
 * text begins with. https://github.com/vi/websocat/blob/master/doc.md
 */
export function websocat(socket: CopiedSocket, messages: readonly CopiedMessage[]): Copied {
  const prefix = freePrefix(messages);
  const inputs = messages.map(({ payload }) =>
    typeof payload === 'string' ? payload : `${prefix}${toBase64(payload)}`,
  );
  const isBinary = messages.some(({ payload }) => typeof payload !== 'string');
  const options = [...optionsOf(socket), ...(isBinary ? [`--base64 --binary-prefix=${word(prefix)}`] : [])];
  const [first = ''] = inputs;
  if (inputs.length > 1) return several(socket, inputs, options);
  const largest = utf8Length(first);
  if (largest >= BUFFER) options.push(`--buffer-size=${largest + 1}`);
  if (first.includes('\n')) {
    if (first.includes('\0')) return notCopied('websocat-ends');
    options.push('--null-terminated');
  }
  return copied(`${printed(first)} | ${commandOf(socket, options)}`);
}

/** Whatever websocat reads at once becomes one message, so there is a second between two messages. */
function several(socket: CopiedSocket, inputs: readonly string[], options: readonly string[]): Copied {
  if (inputs.some((input) => utf8Length(input) > BUFFER)) return notCopied('websocat-size');
  const prints = inputs.map(printed).join('; sleep 1; ');
  return copied(`{ ${prints}; } | ${commandOf(socket, ['--no-line', ...options])}`);
}

function commandOf({ url }: CopiedSocket, options: readonly string[]): string {
  return ['websocat --text --no-close', ...options, word(url)].join(' ');
}

function optionsOf({ origin, protocol }: CopiedSocket): string[] {
  return [
    ...(origin === '' ? [] : [`--origin=${word(origin)}`]),
    ...(protocol === '' ? [] : [`--protocol=${word(protocol)}`]),
  ];
}

function freePrefix(messages: readonly CopiedMessage[]): string {
  let prefix = 'base64:';
  while (messages.some(({ payload }) => typeof payload === 'string' && payload.startsWith(prefix))) {
    prefix = `x${prefix}`;
  }
  return prefix;
}
