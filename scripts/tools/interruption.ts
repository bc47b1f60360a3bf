/** Rejects with {@link Interrupted} at the first signal that asks this process to end; later ones change nothing. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  constructor(readonly signal: NodeJS.Signals) {
    super(`Ended by ${signal}`);
  }
}

/**
 * Turns the signals that ask a process to end into an abort, so that it can close what it has opened. Repetitions do
 * nothing: Ctrl+C reaches a script run by npm twice, once from the terminal and once from npm.
 */
export function abortOnSignals(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => controller.abort(new Interrupted(signal)));
  return controller.signal;
}

/** A promise that rejects with the reason as soon as the signal aborts. */
export function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
