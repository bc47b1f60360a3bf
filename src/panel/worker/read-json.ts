import { JsonDocument, parseJson } from '../../decoders/json/document.ts';
import { askWorker, type LargeTaskHelpers, partsOf } from './ask-worker.ts';
import type { JsonAnswer, JsonRequest } from './json-messages.ts';

/**
 * Reads a large JSON text in a worker, which ends with it or with the signal. Where there is no worker it is read here: later is better than
 * not at all.
 * @returns undefined once the signal is aborted
 */
export async function readJson(
  text: string,
  helpers: LargeTaskHelpers<JsonRequest, JsonAnswer>,
  signal: AbortSignal,
): Promise<JsonDocument | undefined> {
  try {
    const found = await askWorker(requestsFor(text), helpers, signal);
    return found && new JsonDocument({ source: text, ...found });
  } catch {
    return signal.aborted ? undefined : parseJson(text);
  }
}

function* requestsFor(whole: string): Generator<JsonRequest> {
  for (const text of partsOf(whole)) yield { type: 'part', text };
  yield { type: 'end' };
}
