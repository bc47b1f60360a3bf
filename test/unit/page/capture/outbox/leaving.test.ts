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

describe('a document that is left right after its connection broke', () => {
  const broken = () => {
    const { page, tap } = attached();
    page.recordTexts(tap, 100);
    page.acknowledgeAll();
    page.outbox.detach();
    page.forgetPosted();
    return { page, tap };
  };

  test('posts what the panel does not have', () => {
    const { page, tap } = broken();
    page.recordText(tap, 'bye');
    page.outbox.leave();
    expect(page.posted[0]).toMatchObject({ type: 'hello', session: LAST_WORDS });
    expect(seqs(page)).toEqual([101]);
  });

  test('posts nothing once no panel is expected to connect again', () => {
    const { page, tap } = broken();
    page.time = Date.now() + 11_000;
    page.recordText(tap, 'later');
    page.outbox.leave();
    expect(page.posted).toEqual([]);
  });
});

test('a large payload that was under way when the document was left is sent again when it has come back, whatever is acknowledged meanwhile', () => {
  const { page, tap } = attached();
  page.recordTexts(tap, 20);
  page.acknowledgeAll();
  page.recordText(tap, 'x'.repeat(3 * MIB));
  page.outbox.leave();
  page.outbox.acknowledge(20, 21, 100); // that of what came before; it was waiting while the document was left
  page.outbox.detach();
  page.forgetPosted();
  page.outbox.attach('s', 22);
  page.acknowledgeAll();
  expect(page.contents().map(({ seq, offset }) => [seq, offset / MIB])).toEqual(
    [0, 0.5, 1, 1.5, 2, 2.5].map((offset) => [21, offset]),
  );
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
