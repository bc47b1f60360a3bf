/** How often a condition is looked at, in milliseconds. */
const POLL_INTERVAL = 50;

/** How long conditions in a page or panel are waited for, in milliseconds. */
export const WAIT_TIMEOUT = 30_000;

/** A bounded wait has ended without what was waited for. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/**
 * Looks at a condition until it holds and returns what it gave.
 * @param look called every 50 ms; falsy means not yet, a rejection ends the wait with that error
 * @param timeout in milliseconds
 * @param complain says, after the time is up, what was waited for
 * @throws {TimeoutError} when the time is up
 */
export async function until<T>(
  look: () => T | Promise<T>,
  timeout: number,
  complain: () => string | Promise<string>,
): Promise<Exclude<T, false | null | undefined | 0 | ''>> {
  const deadline = Date.now() + timeout;
  for (;;) {
    const seen = await look();
    if (seen) return seen as Exclude<T, false | null | undefined | 0 | ''>;
    if (Date.now() >= deadline) throw new TimeoutError(`${await complain()} (waited ${timeout} ms)`);
    await new Promise((resolve) => setTimeout(resolve, POLL_INTERVAL));
  }
}

/**
 * A promise that settles in time, one way or the other.
 * @param timeout in milliseconds
 * @param what the work, for the message: "open the panel"
 * @throws {TimeoutError} when the work takes longer. The work itself goes on; its outcome is ignored.
 */
export async function within<T>(timeout: number, what: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TimeoutError(`Could not ${what} within ${timeout} ms`)), timeout);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
