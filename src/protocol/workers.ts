/** Workers of Firefox: how their sockets come to the panel. The background writes the hook in front of their script. */

/** The permissions that are needed beyond `webRequest`; the user grants them on a page of the extension. */
export const WORKER_PERMISSIONS = ['webRequestBlocking', 'webRequestFilterResponse'] as const;

/** File of the built hook. */
export const WORKER_HOOK_FILE = 'assets/worker-hook.js';

/** Placeholders in the hook's text, which the background replaces by secrets. */
export const WORKER_PLACES = {
  meeting: 'framescope-meeting-place',
  token: 'framescope-worker-token',
} as const;

/** Background → content script of the document that a worker belongs to: a script was given the hook. */
export interface WorkerNotice {
  readonly type: 'framescope-worker';
  /** Name of the BroadcastChannel on which workers introduce themselves. */
  readonly meeting: string;
  /** Written into the script, to tell which one is speaking. */
  readonly token: string;
  /** Address of the script, as the browser says. */
  readonly url: string;
}

/** The message, if it is a {@link WorkerNotice}. */
export function asNotice(message: unknown): WorkerNotice | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { type, meeting, token, url } = message as Partial<Record<keyof WorkerNotice, unknown>>;
  if (type !== 'framescope-worker') return undefined;
  if (typeof meeting !== 'string' || typeof token !== 'string' || typeof url !== 'string') return undefined;
  return { type, meeting, token, url };
}

/** Worker → content script, on the channel where they meet, as soon as the worker has a socket. */
export interface WorkerIntroduction {
  readonly token: string;
  /** Name of the BroadcastChannel of this worker alone; it carries what a page's MessagePort does. */
  readonly channel: string;
}

/** Content script → workers, on the channel where they meet: introduce yourselves (again). */
export const WHO_IS_THERE = 'who is there';

/** Worker → content script: follows each poll, to show that the worker is alive. */
export const POLLED = 'polled';

const WORKER = 'framescope-worker';

/** Name of a runtime port to a content script, for one of the workers that it knows. */
export function workerPortName(document: string): string {
  return `${WORKER}:${document}`;
}

/** Parses a {@link workerPortName}; undefined for any other name. */
export function parseWorkerPortName(name: string): string | undefined {
  return /^framescope-worker:([\d-]+)$/.exec(name)?.[1];
}

/** Name of a port which the background is to extend to a worker of a frame. */
export function workerAddress(tabId: number, frameId: number, document: string): string {
  return `${WORKER}:${tabId}:${frameId}:${document}`;
}

/** Parses a {@link workerAddress}; undefined for any other name. */
export function parseWorkerAddress(
  name: string,
): { tabId: number; frameId: number; document: string } | undefined {
  const [, tabId, frameId, document] = /^framescope-worker:(\d+):(\d+):([\d-]+)$/.exec(name) ?? [];
  if (tabId === undefined || frameId === undefined || document === undefined) return undefined;
  return { tabId: Number(tabId), frameId: Number(frameId), document };
}
