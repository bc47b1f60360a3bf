import type { LoggedSocket } from '../../../formats/har/read-entry.ts';
import type { Obstacle } from '../documents/obstacle.ts';
import type { ReadOnlyReason } from '../recording/sockets.ts';

/** What is known of the page while its log is read. */
export interface PageFacts {
  readonly obstacle: Obstacle;
  /** When capture of the page began, in ms since the epoch; undefined while it is not captured. */
  readonly capturedSince: number | undefined;
  /** Addresses of the scripts of workers. */
  readonly workers: ReadonlySet<string>;
}

/**
 * Why a socket of the network log that belongs to no captured one is listed as read-only.
 * @param isListed it has been listed already
 * @returns undefined if it is not to be listed, or not yet
 */
export function reasonToList(
  entry: LoggedSocket,
  page: PageFacts,
  isListed: boolean,
): ReadOnlyReason | undefined {
  const { creator, scripts, messages, isSettled } = entry;
  // Without messages the log tells nothing of a socket's life: its state would be a guess.
  if (!messages || !isSettled) return undefined;
  if (isListed) return 'unreached';
  if (page.obstacle === 'looking') return undefined;
  if (creator !== 'hook' && isOfWorker(scripts, page.workers)) return 'worker';
  if (page.obstacle === 'no-hook' || isBeforeCapture(entry, page)) return 'before';
  return creator === 'other' ? 'unreached' : undefined;
}

function isBeforeCapture({ creator, startedAt }: LoggedSocket, { capturedSince }: PageFacts): boolean {
  return creator !== 'hook' && startedAt !== undefined && startedAt < (capturedSince ?? 0);
}

function isOfWorker(scripts: readonly string[], workers: ReadonlySet<string>): boolean {
  if (scripts.length > 0) return scripts.some((url) => workers.has(url));
  // On a stack, the script of a worker with a `data:` address has no address.
  return [...workers].some((url) => url.startsWith('data:'));
}
