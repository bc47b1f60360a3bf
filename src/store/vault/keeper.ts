import { checksum, decodeBlock, encodeBlock } from './coding.ts';
import type { Disk } from './disk.ts';
import type { Answer, Ask, DiskPlace, DiskTrouble } from './messages.ts';

/** Carries out the panel's requests one after the other. Runs in the worker. */
export class Keeper {
  private disk: Disk | undefined;
  private last: Promise<unknown> = Promise.resolve();

  /** @param openDisk opens the best storage that the browser has; rejects if it has none */
  constructor(private readonly openDisk: (name: string, lock: string) => Promise<Disk>) {}

  take(ask: Ask): Promise<Answer> {
    const answer = this.last.then(() => this.carryOut(ask)).catch((error) => failure(error));
    this.last = answer;
    return answer;
  }

  private async carryOut(ask: Ask): Promise<Answer> {
    if (ask.type === 'open') {
      this.disk = await this.openDisk(ask.name, ask.lock);
      return { type: 'done' };
    }
    const { disk } = this;
    if (!disk) return { type: 'failed', trouble: 'no-disk' };
    switch (ask.type) {
      case 'write': {
        const { coding, bytes } = encodeBlock(ask.content);
        const offset = await disk.append(ask.volume, bytes);
        const place = { volume: ask.volume, offset, length: bytes.length, coding, check: checksum(bytes) };
        return { type: 'written', place };
      }
      case 'read':
        return await read(disk, ask.place);
      case 'drop':
        await disk.drop(ask.volume);
        return { type: 'done' };
      case 'close':
        await disk.close();
        return { type: 'done' };
    }
  }
}

async function read(disk: Disk, { volume, offset, length, coding, check }: DiskPlace): Promise<Answer> {
  const bytes = await disk.read(volume, offset, length);
  if (bytes.length !== length || checksum(bytes) !== check) return { type: 'failed', trouble: 'broken' };
  return { type: 'content', content: decodeBlock({ coding, bytes }) };
}

function failure(error: unknown): Answer {
  return { type: 'failed', trouble: troubleOf(error) };
}

function troubleOf(error: unknown): DiskTrouble {
  // What an engine throws where there is no room for a buffer or a string.
  if (error instanceof RangeError) return 'no-memory';
  if (!(error instanceof DOMException)) return 'no-disk';
  return error.name === 'QuotaExceededError' ? 'quota' : 'no-disk';
}
