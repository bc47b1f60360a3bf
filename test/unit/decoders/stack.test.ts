import { describe, expect, test } from 'vitest';
import { shortPlace, stackLines } from '../../../src/decoders/stack.ts';

/** What a line names as its place: the address, line and column, and the part of the text that says so. */
function place(line: string) {
  const [found] = stackLines(line);
  const source = found?.source;
  return source && [source.url, source.line, source.column, found.text.slice(source.start, source.end)];
}

describe('places', () => {
  test.each([
    ['at https://a.test/app.js:1:20', 'https://a.test/app.js', 1, 20],
    ['at Chat.say (https://a.test/app.js:12:3)', 'https://a.test/app.js', 12, 3],
    ['at async Promise.all (https://a.test:8443/x(1).js:12:3)', 'https://a.test:8443/x(1).js', 12, 3],
    ['say@https://a.test/app.js:7:9', 'https://a.test/app.js', 7, 9],
    ['@https://a.test/@scope/x.js?v=1:7:9', 'https://a.test/@scope/x.js?v=1', 7, 9],
    ['at new Chat (blob:https://a.test/1f:3:4)', 'blob:https://a.test/1f', 3, 4],
  ])('%s', (line, url, row, column) => {
    expect(place(line)).toEqual([url, row, column, `${url}:${row}:${column}`]);
  });

  test.each([
    'at <anonymous>:1:5',
    'at Array.map (<anonymous>)',
    'at eval (eval at run (https://a.test/app.js:1:2), <anonymous>:1:5)',
    'Error: something',
    'at native code',
  ])('none: %s', (line) => {
    expect(place(line)).toBeUndefined();
  });
});

test.each([
  ['at a (https://a.test/x/app.js?v=1#top:1:2)', 'app.js:1:2'],
  ['at https://a.test/:3:4', 'a.test/:3:4'],
  ['run@blob:https://a.test/1c7c-8:5:6', '1c7c-8:5:6'],
  ['at a (data:text/javascript,let:7:8)', 'javascript,let:7:8'],
])('a place is called by its file: %s', (line, name) => {
  const [found] = stackLines(line);
  expect(found?.source && shortPlace(found.source)).toBe(name);
});

test('empty lines and the word that V8 begins with are no lines', () => {
  expect(stackLines('Error\n    at a (https://a.test/x.js:1:2)\n\n').map(({ text }) => text)).toEqual([
    'at a (https://a.test/x.js:1:2)',
  ]);
});

test('a name of a million characters takes no time to speak of', () => {
  const line = `${'@('.repeat(500_000)}:1:2`;
  expect(stackLines(line)[0]?.source).toBeUndefined();
});
