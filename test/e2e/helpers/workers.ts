import type { InspectedPage } from '../../../scripts/devtools/driver.ts';
import { TimeoutError, until } from '../../../scripts/devtools/poll.ts';

// A worker must not notice that its sockets are captured: what is run with and without the hook, to be compared.

/** What a worker can find out about itself, posted piece by piece. */
export const REPORT = `
  postMessage(['matched', RegExp.lastMatch, RegExp.$1]);
  postMessage(['strict', (function () { return this === undefined; })()]);
  postMessage(['place', self.location.href, self.name, self.origin, typeof self.importScripts]);
  postMessage(['globals', Object.getOwnPropertyNames(self).filter((name) => name !== 'onmessage').sort().join()]);
  postMessage(['socket', WebSocket.name, WebSocket.length, Object.getOwnPropertyNames(WebSocket.prototype).join()]);
  postMessage(['stack', new Error('x').stack.split('\\n').length]);
  fetch('data.json', { credentials: 'include' }).then((response) => response.text())
    .then((text) => postMessage(['fetched', text]), (error) => postMessage(['not fetched', String(error)]));
  onmessage = ({ data }) => postMessage(['echo', data]);
`;

/** Lets a worker say whether it has the hook. */
export const QUESTION = `;postMessage(['hooked', !/^function send/.test(Function.prototype.toString.call(WebSocket.prototype.send))]);`;

export interface SeenWindow extends Window {
  /** By a name for each run of a worker. */
  seen: Record<string, Seen>;
  /** By the same names. */
  run: Record<string, Worker>;
}

export interface Seen {
  /** In order. */
  readonly events: unknown[];
  /** Answers to requests come whenever they come. */
  readonly answers: unknown[];
}

/**
 * Runs a worker and writes down everything that its page sees of it, for as long as the page is there.
 * @param isTerminated with its first message
 */
export function run(
  page: InspectedPage,
  name: string,
  url: string,
  options: WorkerOptions = {},
  isTerminated = false,
): Promise<void> {
  return page.evaluate(
    (key: string, address: string, settings: WorkerOptions, isEnded: boolean) => {
      const own = window as unknown as SeenWindow;
      const seen: Seen = { events: [], answers: [] };
      own.seen = { ...own.seen, [key]: seen };
      const worker = new Worker(address, settings);
      own.run = { ...own.run, [key]: worker };
      worker.onmessage = ({ data }) => {
        const isAnswer = Array.isArray(data) && /fetched/.test(data.flat().join());
        (isAnswer ? seen.answers : seen.events).push(data);
        if (isEnded) worker.terminate();
      };
      worker.onmessageerror = () => seen.events.push('message error');
      worker.onerror = (event) => {
        event.preventDefault();
        const { type, message, filename, lineno, colno, cancelable } = event;
        const column = lineno > 1 ? colno : 'any';
        seen.events.push([type, message, filename, lineno, column, `${event}`, cancelable]);
      };
      worker.postMessage('early');
    },
    name,
    url,
    options,
    isTerminated,
  );
}

export function seenOf(page: InspectedPage, name: string): Promise<Seen | undefined> {
  return page.evaluate((key: string) => (window as unknown as SeenWindow).seen[key], name);
}

/** What a worker says once it has made another one. */
export const MADE = 'has made a worker';

/**
 * Starts a worker that makes another one. On a busy machine Firefox's `new Worker()` within a worker never returns in one of some hundred cases,
 * with and without an extension, and its script is not even asked for. Such a worker is ended, and another one takes its place.
 */
export async function startOuterWorker(worker: {
  start(): Promise<void>;
  /** What it has said so far. */
  heard(): Promise<readonly unknown[] | undefined>;
  end(): Promise<void>;
}): Promise<void> {
  const isMade = async () => (await worker.heard())?.includes(MADE);
  const hasMade = async () => {
    await worker.start();
    try {
      return await until(isMade, 5000, () => 'The worker has not made another one');
    } catch (error) {
      if (!(error instanceof TimeoutError)) throw error;
      await worker.end();
      return false;
    }
  };
  await until(hasMade, 30_000, () => 'No worker has made another one');
}
