import type { CopyRequest } from '../protocol/site-workers.ts';
import type { WorkerNotice } from '../protocol/workers.ts';
import { introduce, readContentType } from '../workers/hooked.ts';
import { findInsertion } from '../workers/prologue.ts';
import { secret } from './secret.ts';

/** Bytes that are read to find the end of the directive prologue; the page is blocked meanwhile. */
const MOST_READ = 64 * 1024;

/** Copies of the scripts of `blob:` workers with the hook in them, each for as long as the page keeps the original. */
export class BlobCopies {
  private readonly copies = new Map<string, string>();
  /** Name of the channel on which workers of this document introduce themselves. */
  private readonly meeting = secret();

  /** @param expect called for each worker that may introduce itself */
  constructor(
    private readonly hook: string,
    private readonly expect: (worker: Omit<WorkerNotice, 'type'>) => void,
  ) {}

  /** The URL of a copy; undefined if there is any doubt that it would run like the original. */
  copyOf({ url, blob }: CopyRequest): string | undefined {
    const head = readContentType(blob.type).isAscii ? readHead(url, blob.size) : undefined;
    if (!head) return undefined; // for one, it was revoked by another document
    return this.copies.get(url) ?? this.copy(url, blob, head);
  }

  /** The page has revoked a URL. */
  revoke(url: string): void {
    const copy = this.copies.get(url);
    if (copy === undefined) return;
    this.copies.delete(url);
    URL.revokeObjectURL(copy);
  }

  private copy(url: string, blob: Blob, head: Uint8Array): string | undefined {
    const insertion = findInsertion(head, head.length === blob.size);
    if (typeof insertion !== 'number') return undefined;
    const { meeting } = this;
    const token = secret();
    const parts = [blob.slice(0, insertion), introduce(this.hook, { meeting, token }), blob.slice(insertion)];
    const copy = URL.createObjectURL(new Blob(parts, { type: blob.type }));
    this.copies.set(url, copy);
    this.expect({ meeting, token, url: copy });
    return copy;
  }
}

/**
 * Reads synchronously, for which documents have only XMLHttpRequest. In a content script it is not subject to the page's policies.
 * Undefined if bytes are missing, or if a byte order mark would change their encoding.
 */
function readHead(url: string, size: number): Uint8Array | undefined {
  const request = new XMLHttpRequest();
  try {
    request.open('GET', url, false);
    request.setRequestHeader('Range', `bytes=0-${MOST_READ - 1}`);
    request.overrideMimeType('text/plain; charset=x-user-defined'); // one character a byte
    request.send();
  } catch {
    return undefined; // the URL is gone, or the page is going
  }
  const { responseText } = request;
  if (responseText.length !== Math.min(size, MOST_READ)) return undefined;
  return Uint8Array.from(responseText, (character) => character.charCodeAt(0) & 0xff);
}
