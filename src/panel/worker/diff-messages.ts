import type { PayloadDiff } from '../../decoders/diff.ts';
import type { PackedLines } from '../../decoders/diff-lines.ts';
import type { SocketWords } from '../../decoders/protocol-signs.ts';
import type { LargeTaskWorker } from './ask-worker.ts';

/** Two payloads in parts, the first one's before the second one's: handing over a large one at once would hold up the sender. */
export type DiffRequest =
  | { readonly type: 'part'; readonly of: 0 | 1; readonly part: string | Uint8Array }
  | { readonly type: 'end'; readonly sockets: readonly [SocketWords, SocketWords] };

export type DiffAnswer = PayloadDiff<PackedLines>;

/** A worker that compares two payloads. */
export type DiffWorker = LargeTaskWorker<DiffRequest, DiffAnswer>;
