import { describe, expect, test, vi } from 'vitest';
import { LAST_WORDS } from '../../../../../src/protocol/version.ts';
import { Page } from '../../../helpers/page.ts';
import { attached, MIB, seqs } from './outbox-world.ts';

test('unacknowledged frames are posted again when the document is left, and later frames at once', () => {
  const { page, tap } = attached();
  page.recordTexts(tap, 3);
  page.forgetPosted();
  page.outbox.leave();
  page.recordText(tap, 'bye');
  page.recordText(tap, 'good night');
  expect(seqs(page)).toEqual([1, 2, 3, 4, 5]);
  expect(page.batches().at(-1)?.observed).toBe(5);
});

test('the end of a document is awaited once it has a socket, even after document.open() has removed all listeners', () => {
  const awaitEnd = vi.fn();
  const page = new Page(undefined, awaitEnd);
  expect(awaitEnd).not.toHaveBeenCalled();
  page.watchedSocket();
  expect(awaitEnd).toHaveBeenCalledTimes(1);
  page.watchedSocket();
  expect(awaitEnd).toHaveBeenCalledTimes(2);
  page.outbox.poll();
  expect(awaitEnd).toHaveBeenCalledTimes(3);
});

test('a document that is left posts up to 4 MiB without waiting, and then only the number of frames', () => {
  const { page, tap } = attached();
  page.recordTexts(tap, 20, () => 'x'.repeat(MIB));
  page.forgetPosted();
  page.outbox.leave();
  expect(page.frames()).toHaveLength(4);
  expect(page.batches().at(-1)?.observed).toBe(20);
});

describe('a document that is left before a panel has attached to it', () => {
  test('posts its sockets and its few frames in a session of their own', () => {
    const page = new Page();
    page.recordText(page.watchedSocket().tap, 'hasty');
    page.outbox.leave();
    expect(page.posted[0]).toMatchObject({ type: 'hello', session: LAST_WORDS });
    expect(page.batches()[0]?.sockets).toHaveLength(1);
    expect(seqs(page)).toEqual([1]);
  });

  test('posts nothing if it has too many frames', () => {
    const page = new Page();
    page.recordTexts(page.watchedSocket().tap, 65);
    page.outbox.leave();
    expect(page.posted).toEqual([]);
  });

  test('can be attached to once it has come back', () => {
    const page = new Page();
    const { tap } = page.watchedSocket();
    page.recordText(tap, 'before');
    page.outbox.leave();
    page.outbox.detach();
    page.recordText(tap, 'after');
    page.forgetPosted();
    page.outbox.attach('s', 2);
    expect(seqs(page)).toEqual([2]);
  });
});
