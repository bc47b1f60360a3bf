import { beforeEach, expect, test } from 'vitest';
import { Composer } from '../../../../../src/panel/model/composer/composer.ts';
import { draftPayload } from '../../../../../src/panel/model/composer/draft-state.ts';

let composer: Composer;

beforeEach(() => {
  composer = new Composer();
});

test('a frame of text is taken as text', () => {
  composer.format.value = 'hex';
  composer.edit('{"a":1}');
  expect(composer.draft).toEqual({ format: 'text', text: '{"a":1}' });
});

test('bytes of a frame come out as they went in', () => {
  composer.edit(Uint8Array.of(0, 128, 255));
  expect(draftPayload(composer.draft)).toEqual({ type: 'binary', bytes: Uint8Array.of(0, 128, 255) });
});

test('a frame that is taken asks for the keyboard each time', () => {
  composer.edit('a');
  composer.edit('a');
  expect(composer.focusRequests.value).toBe(2);
});
