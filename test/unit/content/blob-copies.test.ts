import { resolveObjectURL } from 'node:buffer';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { BlobCopies } from '../../../src/content/blob-copies.ts';
import { WORKER_PLACES } from '../../../src/protocol/workers.ts';

const HOOK = `;hook("${WORKER_PLACES.meeting}","${WORKER_PLACES.token}");`;

/** What the browser answers to a reading of a URL: bytes, or nothing because the URL is gone. */
const readable = new Map<string, Uint8Array>();

/** Reads as an XMLHttpRequest does whose text has one character a byte. */
class FakeRequest {
  responseText = '';
  #url = '';
  #first = 0;
  #last = 0;

  open(method: string, url: string, isAsync: boolean): void {
    expect([method, isAsync]).toEqual(['GET', false]);
    this.#url = url;
  }

  setRequestHeader(name: string, value: string): void {
    expect(name).toBe('Range');
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(value) ?? [];
    this.#first = Number(first);
    this.#last = Number(last);
  }

  overrideMimeType(type: string): void {
    expect(type).toBe('text/plain; charset=x-user-defined');
  }

  send(): void {
    const bytes = readable.get(this.#url);
    if (!bytes) throw new DOMException('Failed to load', 'NetworkError');
    const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    const part = bytes.subarray(this.#first, this.#last + 1);
    this.responseText = isMarked
      ? new TextDecoder().decode(part)
      : Array.from(part, (byte) => String.fromCharCode(byte < 0x80 ? byte : 0xf700 + byte)).join('');
  }
}

const expected: { meeting: string; token: string; url: string }[] = [];
let copies: BlobCopies;
let last = 0;

beforeEach(() => {
  vi.stubGlobal('XMLHttpRequest', FakeRequest);
  readable.clear();
  expected.length = 0;
  copies = new BlobCopies(HOOK, (worker) => void expected.push(worker));
});

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A script of the page, as its URL stands for it. */
async function request(text: string, type = 'text/javascript') {
  const blob = new Blob([text], { type });
  const url = `blob:https://example.test/${++last}`;
  readable.set(url, new Uint8Array(await blob.arrayBuffer()));
  return { url, blob };
}

async function copied(text: string, type?: string): Promise<string | undefined> {
  const copy = copies.copyOf(await request(text, type));
  const blob = copy === undefined ? undefined : resolveObjectURL(copy);
  const script = await blob?.text();
  const { meeting, token } = expected.at(-1) ?? {};
  return script?.replace(`hook("${meeting}","${token}")`, '▮');
}

describe('a copy', () => {
  test('has the hook behind the directives, with what its worker introduces itself as', async () => {
    expect(await copied("'use strict'; foo('ü')")).toBe("'use strict';;▮; foo('ü')");
    expect(expected).toHaveLength(1);
    expect(expected[0]?.token).toMatch(/^\d+(?:-\d+){3}$/);
    expect(expected[0]?.meeting).not.toBe(expected[0]?.token);
  });

  test('is of the same type', async () => {
    const copy = copies.copyOf(await request('foo()', 'text/javascript;charset=utf-8'));
    expect(resolveObjectURL(copy ?? '')?.type).toBe('text/javascript;charset=utf-8');
  });

  test('is made of a script whose end is far away, of which the beginning is read', async () => {
    const long = `'use strict';foo();${'// x\n'.repeat(40_000)}`;
    expect(await copied(long)).toBe(long.replace("'use strict';", "'use strict';;▮;"));
  });

  test('is made once for a URL and let go with it', async () => {
    const script = await request('foo()');
    const copy = copies.copyOf(script);
    expect(copies.copyOf(script)).toBe(copy);
    expect(expected).toHaveLength(1);
    copies.revoke(script.url);
    expect(resolveObjectURL(copy ?? '')).toBeUndefined();
  });

  test('is not used any more once the URL that it is of is gone', async () => {
    const script = await request('foo()');
    copies.copyOf(script);
    readable.delete(script.url);
    expect(copies.copyOf(script)).toBeUndefined();
  });
});

describe('there is no copy', () => {
  test.each([
    ['of a script that begins unusually', "'a' + b", 'text/javascript'],
    ['of one in UTF-16', 'foo()', 'text/javascript; charset=utf-16'],
    ['of one with a byte order mark', '\ufefffoo()', 'text/javascript'],
    ['of one whose first comment does not end soon', `/*${'x'.repeat(100_000)}*/`, 'text/javascript'],
  ])('%s', async (_, text, type) => {
    expect(await copied(text, type)).toBeUndefined();
    expect(expected).toEqual([]);
  });

  test('where less can be read than there should be', async () => {
    const script = await request('foo()');
    readable.set(script.url, new Uint8Array(3));
    expect(copies.copyOf(script)).toBeUndefined();
  });
});
