import { JsonDocument, parseJson } from '../../decoders/json/document.ts';
import type { JsonAnswer, JsonWorker } from './json-messages.ts';

/** UTF-16 units that are handed over at once: it takes about a ms. */
const PART = 2 * 1024 * 1024;

/** What reading needs. */
export interface JsonHelpers {
  startWorker(): JsonWorker;
  /** A pause for input and pictures. */
  breathe(): Promise<void>;
}

/**
 * Reads a large JSON text in a worker, which ends with it or with the signal. Where there is no worker it is read here: later is better than
 * not at all.
 * @returns undefined once the signal is aborted
 */
export async function readJson(
  text: string,
  { startWorker, breathe }: JsonHelpers,
  signal: AbortSignal,
): Promise<JsonDocument | undefined> {
  let worker: JsonWorker | undefined;
  try {
    worker = startWorker();
    const answer = answerOf(worker, signal);
    for (let at = 0; at < text.length && !signal.aborted; at += PART) {
      worker.postMessage({ type: 'part', text: text.slice(at, at + PART) });
      await breathe();
    }
    worker.postMessage({ type: 'end' });
    const found = await answer;
    return found && new JsonDocument({ source: text, ...found });
  } catch {
    return signal.aborted ? undefined : parseJson(text);
  } finally {
    worker?.terminate();
  }
}

function answerOf(worker: JsonWorker, signal: AbortSignal): Promise<JsonAnswer | undefined> {
  const answer = new Promise<JsonAnswer | undefined>((resolve, reject) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  answer.catch(() => undefined); // it may fail before anybody waits for it
  return answer;
}
