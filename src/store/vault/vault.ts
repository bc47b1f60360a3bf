import type { BlockContent } from '../blocks/block-content.ts';
import type { Answer, Ask, DiskPlace } from './messages.ts';
import { VaultError } from './vault-error.ts';

/** One life of the worker. */
export interface VaultWorker {
  post(ask: Ask): void;
  /** Called for each answer, in the order of the requests. */
  onAnswer(listener: (answer: Answer) => void): void;
  /** Called once, some time after the worker has ended for whatever reason. */
  onDeath(listener: () => void): void;
  /** Ends it at once. */
  end(): void;
}

/** Number of workers in a row that may die without having answered. */
const PATIENCE = 3;

interface Waiting {
  readonly ask: Ask;
  resolve(answer: Answer): void;
}

interface Volume {
  /** bytes on disk, those of forgotten blocks included */
  bytes: number;
  /** Writes in progress. */
  writes: number;
  /** bytes of all requested writes, done or not */
  claimed: number;
  readonly blocks: Set<number>;
}

/**
 * Blocks on disk. All places are known here, and the worker that reads and writes has no state: when it dies, another
 * one continues without loss. Blocks are in volumes, which are deleted as soon as none of their blocks is needed.
 */
export class Vault {
  /** Bytes after which a new volume is started. */
  volumeSize = 64 * 1024 * 1024;
  /** Resolves when nothing is stored any longer: the vault was closed, or there is no disk. */
  readonly ended: Promise<void>;
  private end: () => void = () => undefined;
  private readonly places = new Map<number, DiskPlace>();
  /** From the oldest to the newest. */
  private readonly volumes = new Map<number, Volume>();
  private newest = 0;
  private worker: VaultWorker | undefined;
  private readonly waiting: Waiting[] = [];
  private deaths = 0;
  private isLost = false;

  /** @param name of a folder that nothing else uses */
  constructor(
    private readonly name: string,
    private readonly startWorker: (lock: string) => VaultWorker,
  ) {
    this.ended = new Promise((resolve) => {
      this.end = resolve;
    });
  }

  /** Bytes on disk. */
  get bytes(): number {
    let sum = 0;
    for (const { bytes } of this.volumes.values()) sum += bytes;
    return sum;
  }

  /** The blocks of the oldest volume: its space is freed when all are forgotten. */
  oldest(): readonly number[] {
    for (const { blocks } of this.volumes.values()) if (blocks.size > 0) return [...blocks];
    return [];
  }

  /**
   * Rejects with a {@link VaultError}.
   * @param bytes that it will take, approximately
   */
  async write(number: number, content: BlockContent, bytes: number): Promise<void> {
    const name = this.newest;
    const volume = this.volumes.get(name) ?? { bytes: 0, writes: 0, claimed: 0, blocks: new Set() };
    this.volumes.set(name, volume);
    volume.writes++;
    volume.claimed += bytes;
    if (volume.claimed >= this.volumeSize) this.newest++;
    const answer = await this.ask({ type: 'write', volume: name, content: wholeBuffer(content) });
    volume.writes--;
    if (answer.type !== 'written') {
      this.dropIfEmpty(name, volume);
      throw this.errorOf(answer);
    }
    const { place } = answer;
    this.places.set(number, place);
    volume.bytes = Math.max(volume.bytes, place.offset + place.length);
    volume.blocks.add(number);
  }

  /** Rejects with a {@link VaultError}. */
  async read(number: number): Promise<BlockContent> {
    const place = this.places.get(number);
    if (!place) throw new VaultError('broken');
    const answer = await this.ask({ type: 'read', place });
    if (answer.type !== 'content') throw this.errorOf(answer);
    return answer.content;
  }

  /** A block is no longer needed. */
  forget(number: number): void {
    const place = this.places.get(number);
    const volume = place && this.volumes.get(place.volume);
    if (!volume) return;
    this.places.delete(number);
    volume.blocks.delete(number);
    this.dropIfEmpty(place.volume, volume);
  }

  /** Removes everything from the disk. */
  async close(): Promise<void> {
    // The last worker may be dead while its files are still there.
    if (this.worker || this.volumes.size > 0) await this.ask({ type: 'close' });
    this.lose();
  }

  private dropIfEmpty(name: number, { blocks, writes }: Volume): void {
    if (blocks.size > 0 || writes > 0) return;
    this.volumes.delete(name);
    if (name === this.newest) this.newest++;
    void this.ask({ type: 'drop', volume: name });
  }

  private errorOf(answer: Answer): VaultError {
    const trouble = answer.type === 'failed' ? answer.trouble : 'no-disk';
    if (trouble === 'no-disk') this.lose();
    return new VaultError(trouble);
  }

  private ask(ask: Ask): Promise<Answer> {
    if (this.isLost) return Promise.resolve({ type: 'failed', trouble: 'no-disk' });
    return new Promise((resolve) => {
      this.waiting.push({ ask, resolve });
      if (this.worker) this.worker.post(ask);
      else this.start();
    });
  }

  /** Starts a worker and gives it all waiting requests. */
  private start(): void {
    const lock = `${this.name}/${crypto.randomUUID()}`;
    const worker = this.startWorker(lock);
    this.worker = worker;
    let isOpen = false;
    worker.onAnswer((answer) => {
      if (worker !== this.worker) return;
      if (isOpen) this.answered(answer);
      else if (answer.type === 'failed') this.lose();
      isOpen = true;
    });
    worker.onDeath(() => {
      if (worker === this.worker) this.died();
    });
    worker.post({ type: 'open', name: this.name, lock });
    for (const { ask } of this.waiting) worker.post(ask);
  }

  private answered(answer: Answer): void {
    this.deaths = 0;
    this.waiting.shift()?.resolve(answer);
  }

  private died(): void {
    this.endWorker();
    if (this.waiting.length === 0) return;
    if (++this.deaths > PATIENCE) this.lose();
    else this.start();
  }

  private lose(): void {
    this.isLost = true;
    this.endWorker();
    this.volumes.clear();
    for (const { resolve } of this.waiting.splice(0)) resolve({ type: 'failed', trouble: 'no-disk' });
    this.end();
  }

  /** Its end is not reported. */
  private endWorker(): void {
    const { worker } = this;
    this.worker = undefined;
    worker?.end();
  }
}

/** A message carries the whole buffer of a view. */
function wholeBuffer(content: BlockContent): BlockContent {
  if (typeof content === 'string' || content.byteLength === content.buffer.byteLength) return content;
  return content.slice();
}
