import { beforeEach, describe, expect, test } from 'vitest';
import {
  Composer,
  type Draft,
  draftOwner,
  MOST_DRAFTS,
} from '../../../../../src/panel/model/composer/composer.ts';
import { draftPayload } from '../../../../../src/panel/model/composer/draft-state.ts';
import { draftOf } from '../../../../../src/panel/model/composer/formats.ts';

let composer: Composer;

beforeEach(() => {
  composer = new Composer();
});

/** As *Edit and resend* does. */
const edit = (payload: string | Uint8Array, owner: string) =>
  composer.edit(payload, draftOf(payload, composer.format.value), owner);

describe('a frame that is taken as the draft', () => {
  test('of text is text', () => {
    composer.format.value = 'hex';
    edit('{"a":1}', '');
    expect(composer.draft).toEqual({ format: 'text', text: '{"a":1}' });
  });

  test('of bytes comes out as it went in', () => {
    edit(Uint8Array.of(0, 128, 255), '');
    expect(draftPayload(composer.draft)).toEqual({ type: 'binary', bytes: Uint8Array.of(0, 128, 255) });
  });

  test('of bytes is hex, and base64 where there are many or base64 is used anyway', () => {
    edit(Uint8Array.of(0xaa, 0x55), '');
    expect(composer.draft).toEqual({ format: 'hex', text: 'aa 55' });
    edit(new Uint8Array(1_000_000), '');
    expect(composer.draft.format).toBe('base64');
    edit(Uint8Array.of(0xaa, 0x55), '');
    expect(composer.draft).toEqual({ format: 'base64', text: 'qlU=' });
  });

  test('asks for the keyboard each time', () => {
    edit('a', '');
    edit('a', '');
    expect(composer.focusRequests.value).toBe(2);
  });

  test('is the draft of its own socket, and that of the one before stays', () => {
    composer.follow('a');
    composer.write('for a');
    edit('for b', 'b');
    composer.follow('b');
    expect(composer.text.value).toBe('for b');
    composer.follow('a');
    expect(composer.text.value).toBe('for a');
  });
});

describe('drafts', () => {
  test('stay where the next socket has none, and come back where it has', () => {
    composer.write('written before a socket is chosen');
    composer.follow('a');
    expect(composer.text.value).toBe('written before a socket is chosen');
    composer.changeFormat({ text: '00', format: 'hex' }, undefined);
    composer.follow('b');
    composer.write('01');
    composer.follow('a');
    expect(composer.draft).toEqual({ text: '00', format: 'hex' });
    composer.follow('b');
    expect(composer.draft).toEqual({ text: '01', format: 'hex' });
  });

  test('that are emptied are none', () => {
    composer.follow('a');
    composer.write('x');
    composer.write('');
    composer.follow('b');
    composer.write('y');
    composer.follow('a');
    expect(composer.text.value).toBe('y');
  });

  test('of an earlier panel come back, but not over what was written since', () => {
    composer.follow('a');
    composer.restore(new Map([['a', { text: 'earlier', format: 'json' }]]));
    expect(composer.draft).toEqual({ text: 'earlier', format: 'json' });
    composer.follow('b');
    composer.write('now');
    composer.restore(new Map([['b', { text: 'earlier', format: 'text' }]]));
    expect(composer.text.value).toBe('now');
  });

  test('of an earlier panel for another address of the server stand where there is no other', () => {
    const feed: Draft = { text: 'for feed', format: 'text' };
    const kept = new Map<string, Draft>([
      ['wss://one.test/feed', feed],
      ['wss://other.test/', { text: 'for another server', format: 'text' }],
    ]);
    composer.restore(kept);
    composer.follow('wss://one.test/chat');
    expect(composer.draft).toEqual(feed);
    const elsewhere = new Composer();
    elsewhere.restore(kept);
    elsewhere.follow('wss://third.test/');
    expect(elsewhere.text.value).toBe('');
    const emptied = new Composer();
    emptied.follow('wss://one.test/chat');
    emptied.write('x');
    emptied.write('');
    emptied.restore(kept);
    expect(emptied.text.value).toBe('');
  });

  test('are bounded, those written longest ago go', () => {
    for (let number = 0; number <= MOST_DRAFTS; number++) {
      composer.follow(`socket ${number}`);
      composer.write(`draft ${number}`);
    }
    composer.follow('socket 0');
    expect(composer.text.value).toBe(`draft ${MOST_DRAFTS}`);
    composer.follow('socket 1');
    expect(composer.text.value).toBe('draft 1');
  });

  test('are told of', () => {
    const told: unknown[] = [];
    composer.onDraft = (...change) => told.push(change);
    composer.follow('a');
    composer.write('x');
    composer.write('');
    expect(told).toEqual([
      ['a', { text: 'x', format: 'text' }],
      ['a', undefined],
    ]);
  });
});

test('the address a draft is for has no query, where tokens stand', () => {
  expect(draftOwner('wss://example.test/a?token=secret#x')).toBe('wss://example.test/a');
  expect(draftOwner(undefined)).toBe('');
});
