/** UTF-16 units or bytes that are handed over at once: it takes about a ms. */
const PART = 2 * 1024 * 1024;

/** A worker that is given one task in parts and answers once, as far as it is used here. */
export interface LargeTaskWorker<Request, Answer> {
  onmessage: ((event: MessageEvent<Answer>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  postMessage(request: Request): void;
  terminate(): void;
}

/** What a large task needs. */
export interface LargeTaskHelpers<Request, Answer> {
  startWorker(): LargeTaskWorker<Request, Answer>;
  /** A pause for input and pictures. */
  breathe(): Promise<void>;
}

/** A payload in parts that are quickly handed over. */
export function* partsOf<Payload extends string | Uint8Array>(payload: Payload): Generator<Payload> {
  for (let at = 0; at < payload.length; at += PART) yield payload.slice(at, at + PART) as Payload;
}

/**
 * Gives a worker its task, one request after the other, and waits for its answer. It ends with that, or with the signal.
 * @returns undefined once the signal is aborted
 * @throws where there is no worker, and what goes wrong in it
 */
export async function askWorker<Request, Answer>(
  requests: Iterable<Request>,
  { startWorker, breathe }: LargeTaskHelpers<Request, Answer>,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const worker = startWorker();
  try {
    const answer = answerOf(worker, signal);
    for (const request of requests) {
      if (signal.aborted) break;
      worker.postMessage(request);
      await breathe();
    }
    return await answer;
  } finally {
    worker.terminate();
  }
}

function answerOf<Answer>(
  worker: LargeTaskWorker<never, Answer>,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const answer = new Promise<Answer | undefined>((resolve, reject) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  answer.catch(() => undefined); // it may fail before anybody waits for it
  return answer;
}
