import type { BlockContent } from '../blocks/block-content.ts';
import type { Answer, Ask, DiskPlace } from './messages.ts';
import { VaultError } from './vault-error.ts';

/** One life of the worker. */
export interface VaultWorker {
  post(ask: Ask): void;
  /** Told of answers, which come in the order of what was asked. */
  onAnswer(listener: (answer: Answer) => void): void;
  /** Told once, at the latest some time after the worker has ended for whatever reason. */
  onDeath(listener: () => void): void;
  /** Ends it at once. */
  end(): void;
}

/** Workers that may die in a row without having answered anything. */
const PATIENCE = 3;

interface Waiting {
  readonly ask: Ask;
  resolve(answer: Answer): void;
}

interface Volume {
  /** bytes on disk, those of forgotten blocks included */
  bytes: number;
  /** Writes under way. */
  writes: number;
  /** bytes that were to be written, whether they have been or not */
  claimed: number;
  readonly blocks: Set<number>;
}

/**
 * Blocks on disk. What stands where is known here, and the worker that reads and writes knows nothing: when it dies, another
 * one goes on where it was, and nothing is lost. Blocks stand in volumes, which go as soon as none of their blocks is needed.
 */
export class Vault {
  /** Bytes after which another volume is begun. */
  volumeSize = 64 * 1024 * 1024;
  /** Resolves when nothing is kept any more: it was closed, or there is no disk to keep it on. */
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

  /** @param name of a folder that nobody else uses */
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

  /** The blocks of the oldest volume: when all are forgotten, its space is free. */
  oldest(): readonly number[] {
    for (const { blocks } of this.volumes.values()) if (blocks.size > 0) return [...blocks];
    return [];
  }

  /**
   * Rejects with a {@link VaultError}.
   * @param bytes that it will take, about
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

  /** A block is not needed any more. */
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
    // The last worker may be dead while what it wrote still stands there.
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

  /** Starts a worker on everything that is waiting. */
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

  /** Without hearing of its death. */
  private endWorker(): void {
    const { worker } = this;
    this.worker = undefined;
    worker?.end();
  }
}

/** Messages take the whole buffer of a view along. */
function wholeBuffer(content: BlockContent): BlockContent {
  if (typeof content === 'string' || content.byteLength === content.buffer.byteLength) return content;
  return content.slice();
}
