import type { JsonScan } from '../../decoders/json/document.ts';
import type { SocketWords } from '../../decoders/protocol-signs.ts';
import type { ReadBytes } from '../../decoders/readings/reading.ts';
import type { LargeTaskWorker } from './ask-worker.ts';

/** A binary message in parts: handing over a large one at once would hold up the sender. */
export type BytesRequest =
  | { readonly type: 'part'; readonly bytes: Uint8Array }
  | { readonly type: 'end'; readonly socket: SocketWords };

/** What a binary message holds. Its JSON, which can be long, is handed over once. */
export type BytesAnswer =
  | {
      readonly type: 'read';
      readonly protocol: string;
      /** What the protocol has put before and after the JSON. */
      readonly head: string;
      readonly end: string;
      readonly json: string;
      readonly values: Omit<ReadBytes, 'json'> | undefined;
      readonly scan: Omit<JsonScan, 'source'>;
    }
  /** @property malformedAt the byte at which it shows not to be what it is said to be; 0 where nobody says what it is */
  | { readonly type: 'unread'; readonly malformedAt: number }
  /** The JSON would be too long for a tree. */
  | { readonly type: 'too-long' };

/** A worker that reads one binary message. */
export type BytesWorker = LargeTaskWorker<BytesRequest, BytesAnswer>;
