import { expect, test } from 'vitest';
import { classify, PREVIEW_LIMIT } from '../../../src/decoders/payload.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

test.each([
  ['{"a":1}', 'json'],
  [' [1] ', 'json'],
  ['42', 'json'],
  ['"x"', 'json'],
  ['null', 'json'],
  ['{"a":1', 'broken-json'],
  ['[object Object]', 'broken-json'],
  ['', 'text'],
  ['hello', 'text'],
  ['nothing', 'text'],
  ['42["event",{}]', 'text'],
  ['"unfinished', 'text'],
])('%j is shown as %s', (payload, view) => {
  expect(classify(payload).view).toBe(view);
});

test('JSON brings its document, broken JSON its error too', () => {
  const json = classify('{"a":1}');
  expect(json.view === 'json' && json.document.nodeCount).toBe(2);
  const broken = classify('{"a":1,');
  expect(broken.view === 'broken-json' && broken.document.error?.code).toBe('unexpected-end');
});

test.each([
  [bytesOf('{"a":1}'), 'json'],
  [bytesOf('grüße\n'), 'text'],
  [bytesOf('a\u0000b'), 'none'],
  [new Uint8Array([0xff, 0x7b]), 'none'],
  [new Uint8Array(), 'none'],
])('bytes %j hint at %s', (payload, hint) => {
  expect(classify(payload)).toEqual({ view: 'bytes', hint });
});

test('what is too large is not decoded', () => {
  const length = PREVIEW_LIMIT + 1;
  const expected = { view: 'too-large', length, limit: PREVIEW_LIMIT };
  expect(classify('['.repeat(length))).toEqual(expected);
  expect(classify(new Uint8Array(length))).toEqual(expected);
});
