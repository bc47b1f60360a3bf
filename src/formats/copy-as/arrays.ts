import { encodeUtf8 } from '../../decoders/bytes/bytes.ts';
import type { CopiedMessage } from './source.ts';

/** Bytes on one line. */
const PER_LINE = 12;

/** The bytes as sent on the wire; for a text, its UTF-8. */
export function bytesOf({ payload }: CopiedMessage): Uint8Array {
  return typeof payload === 'string' ? encodeUtf8(payload) : payload;
}

/** A C or C++ array for each message. C has no empty arrays, so an empty message gets one zero that its length does not count. */
export function cArrays(messages: readonly CopiedMessage[]): string {
  return messages
    .map((message, index) => {
      const bytes = bytesOf(message);
      const name = nameOf(messages, index);
      const elements = bytes.length === 0 ? '0x00' : listed(bytes);
      return `const unsigned char ${name}[] = {\n${elements}\n};\nconst unsigned long ${name}_length = ${bytes.length};\n`;
    })
    .join('\n');
}

/** A JavaScript typed array for each message. */
export function jsArrays(messages: readonly CopiedMessage[]): string {
  return messages
    .map((message, index) => {
      const bytes = bytesOf(message);
      const elements = bytes.length === 0 ? '' : `\n${listed(bytes)}\n`;
      return `const ${nameOf(messages, index)} = new Uint8Array([${elements}]);\n`;
    })
    .join('\n');
}

function nameOf(messages: readonly CopiedMessage[], index: number): string {
  return messages.length === 1 ? 'message' : `message${index + 1}`;
}

function listed(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += PER_LINE) {
    const part = Array.from(bytes.subarray(at, at + PER_LINE), hexByte);
    lines.push(`  ${part.join(', ')},`);
  }
  return lines.join('\n');
}

function hexByte(byte: number): string {
  return `0x${byte.toString(16).padStart(2, '0')}`;
}
