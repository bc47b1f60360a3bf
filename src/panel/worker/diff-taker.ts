import { joinBytes } from '../../decoders/bytes/bytes.ts';
import { diffPayloads } from '../../decoders/diff.ts';
import { packLines } from '../../decoders/diff-lines.ts';
import type { Payload } from '../../decoders/payload.ts';
import type { DiffAnswer, DiffRequest } from './diff-messages.ts';

/** Puts two payloads together and compares them. */
export class DiffTaker {
  private readonly parts: readonly [Payload[], Payload[]] = [[], []];

  /** @returns what the comparison comes to, once both payloads are whole */
  take(request: DiffRequest): DiffAnswer | undefined {
    if (request.type === 'part') {
      this.parts[request.of].push(request.part);
      return undefined;
    }
    const [before, after] = this.parts;
    const diff = diffPayloads(whole(before), whole(after), request.sockets);
    return diff.type === 'lines' ? { ...diff, lines: packLines(diff.lines) } : diff;
  }
}

function whole(parts: readonly Payload[]): Payload {
  const bytes = parts.filter((part) => typeof part !== 'string');
  return bytes.length > 0 ? joinBytes(bytes) : parts.join('');
}
