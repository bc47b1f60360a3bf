import type { JsonScan } from '../../decoders/json/document.ts';
import type { LargeTaskWorker } from './ask-worker.ts';

/** A JSON text in parts: handing over a large one at once would hold up the sender. */
export type JsonRequest = { readonly type: 'part'; readonly text: string } | { readonly type: 'end' };

/** What was found in it; the text itself need not come back. */
export type JsonAnswer = Omit<JsonScan, 'source'>;

/** A worker that reads one JSON text. */
export type JsonWorker = LargeTaskWorker<JsonRequest, JsonAnswer>;
