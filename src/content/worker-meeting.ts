/**
 * Relays messages between the panel and those workers of this document that have the hook. To the panel each worker is a document of
 * its own.
 */
import type { PanelMessage } from '../protocol/messages.ts';
import { asRuntimeMessage } from '../protocol/runtime.ts';
import { portOpening } from '../protocol/wire.ts';
import { POLLED, parseWorkerPortName, WHO_IS_THERE, type WorkerNotice } from '../protocol/workers.ts';
import { Endpoint, runtime } from './endpoint.ts';

/** Polls, one a second, that a worker may leave unanswered before it counts as ended; there is no event for that. */
const PATIENCE = 5;

/** Workers of one document that are known at a time: who reads the hook's text in a worker can introduce any number that does not exist. */
const MOST_WORKERS = 1000;

/** A worker that has a socket. */
class Worker {
  readonly endpoint: Endpoint;
  private readonly channel: BroadcastChannel;
  private readonly metAt = Date.now();
  private unanswered = 0;

  constructor(
    name: string,
    private readonly url: string,
  ) {
    this.channel = new BroadcastChannel(name);
    this.endpoint = new Endpoint((message) => this.toWorker(message));
    this.channel.onmessage = ({ data }) => this.toPanel(data);
  }

  announce(): void {
    if (!this.hasEnded) this.endpoint.announce({ worker: this.url, shownAt: this.metAt });
  }

  get hasEnded(): boolean {
    return this.unanswered >= PATIENCE;
  }

  close(): void {
    this.channel.close();
  }

  private toWorker(message: PanelMessage): void {
    this.channel.postMessage(message);
    if (message.type !== 'poll') return;
    this.unanswered++;
    if (this.hasEnded) this.endpoint.toPanel({ type: 'ended' });
  }

  private toPanel(message: Parameters<Endpoint['toPanel']>[0] | typeof POLLED): void {
    const wasBusy = this.hasEnded;
    this.unanswered = 0;
    if (wasBusy) this.announce();
    if (message !== POLLED) this.endpoint.toPanel(message);
  }
}

/** URLs of the scripts that contain the hook, by the token they introduce themselves with. */
const urls = new Map<string, string>();
const meetings = new Map<string, BroadcastChannel>();
/** By the names of their channels. */
const workers = new Map<string, Worker>();

function meet(name: string): void {
  let meeting = meetings.get(name);
  if (!meeting) {
    meeting = new BroadcastChannel(name);
    meeting.onmessage = ({ data }) => follow(data);
    meetings.set(name, meeting);
  }
  meeting.postMessage(WHO_IS_THERE); // one may have been earlier than the word of it
}

/** Only workers with the secret name can post here; still, the message is untrusted, as it comes from the page's process. */
function follow(introduction: unknown): void {
  if (typeof introduction !== 'object' || introduction === null) return;
  const { token, channel } = introduction as { token?: unknown; channel?: unknown };
  const url = typeof token === 'string' ? urls.get(token) : undefined;
  if (url === undefined || typeof channel !== 'string' || workers.has(channel)) return;
  if (workers.size >= MOST_WORKERS) forgetEnded();
  if (workers.size >= MOST_WORKERS) return;
  const worker = new Worker(channel, url);
  workers.set(channel, worker);
  worker.announce();
}

function forgetEnded(): void {
  for (const [name, worker] of workers) {
    if (!worker.hasEnded) continue;
    workers.delete(name);
    worker.close();
  }
}

function announceAll(): void {
  for (const worker of workers.values()) worker.announce();
}

/** A worker's script was given the hook, so it may introduce itself from now on. */
export function expectWorker({ token, url, meeting }: Omit<WorkerNotice, 'type'>): void {
  urls.set(token, url);
  meet(meeting);
}

/** Lets the panel find the workers. */
export function listenForPanel(): void {
  runtime().onConnect.addListener((port) => {
    const name = parseWorkerPortName(port.name);
    if (name === undefined) return;
    const worker = [...workers.values()].find(({ endpoint }) => endpoint.name === name);
    if (worker) worker.endpoint.accept(port);
    else port.postMessage(portOpening('')); // of an earlier document of this frame
  });
  runtime().onMessage.addListener((message: unknown) => {
    if (asRuntimeMessage(message)?.type === 'framescope-roll-call') announceAll();
    return undefined;
  });
  // A page restored from the back/forward cache has lost its ports.
  addEventListener('pageshow', (event) => event.isTrusted && event.persisted && announceAll());
}
