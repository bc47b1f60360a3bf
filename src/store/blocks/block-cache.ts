import type { BlockContent } from './block-content.ts';

/** bytes of memory */
const CAPACITY = 32 * 1024 * 1024;

/** The most recently used blocks that were read back from disk. One is kept whatever its size. */
export class BlockCache {
  private readonly contents = new Map<number, BlockContent>();
  private bytes = 0;

  get(number: number): BlockContent | undefined {
    const content = this.contents.get(number);
    if (content === undefined) return undefined;
    this.contents.delete(number);
    this.contents.set(number, content);
    return content;
  }

  has(number: number): boolean {
    return this.contents.has(number);
  }

  put(number: number, content: BlockContent): void {
    this.delete(number);
    this.contents.set(number, content);
    this.bytes += sizeOf(content);
    for (const oldest of this.contents.keys()) {
      if (this.bytes <= CAPACITY || oldest === number) return;
      this.delete(oldest);
    }
  }

  delete(number: number): void {
    const content = this.contents.get(number);
    if (content === undefined) return;
    this.bytes -= sizeOf(content);
    this.contents.delete(number);
  }
}

/** Engines may use two bytes where one would suffice. */
function sizeOf(content: BlockContent): number {
  return typeof content === 'string' ? 2 * content.length : content.length;
}
