import { afterEach, describe, expect, test } from 'vitest';
import { spanWords } from '../../../../src/panel/views/timeline/span-words.ts';
import {
  byteCount,
  dateAndTime,
  duration,
  timeAndOtherDate,
  timeOfDay,
  urlParts,
  wholeNumber,
} from '../../../../src/panel/words/format.ts';
import { setLanguage } from '../../../../src/panel/words/i18n.ts';

afterEach(() => setLanguage('en', (key) => key));

test('times are local and have milliseconds', () => {
  const time = new Date(2024, 0, 5, 3, 4, 5, 6).getTime();
  expect(timeOfDay(time)).toBe('03:04:05.006');
  expect(timeOfDay(time + 0.9)).toBe('03:04:05.006');
  expect(dateAndTime(time)).toBe('2024-01-05 03:04:05.006');
});

test('a time of another day says of which', () => {
  const midnight = new Date(2024, 0, 6).getTime();
  expect(timeAndOtherDate(midnight - 1, midnight - 60_000)).toBe('23:59:59.999');
  expect(timeAndOtherDate(midnight - 1, midnight)).toBe('2024-01-05 23:59:59.999');
  setLanguage('en', (_, [from, to] = []) => `${from} – ${to}`);
  expect(spanWords({ from: midnight - 2000, to: midnight - 1000 })).toBe('23:59:58.000 – 23:59:59.000');
  expect(spanWords({ from: midnight - 1000, to: midnight + 86_400_000 })).toBe(
    '2024-01-05 23:59:59.000 – 2024-01-07 00:00:00.000',
  );
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [18_400, '18.4 kB'],
  [99_940, '99.9 kB'],
  [99_960, '100 kB'],
  [999_400, '999 kB'],
  [999_500, '1.0 MB'],
  [128_000_000, '128 MB'],
  [5e15, '5,000 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(byteCount(bytes)).toBe(text);
});

test.each([
  [0, '0 ms'],
  [12.4, '12 ms'],
  [999, '999 ms'],
  [999.6, '1.0 s'],
  [59_949, '59.9 s'],
  [59_960, '1 min 0 s'],
  [61_999, '1 min 1 s'],
  [4100, '4.1 s'],
  [200_000, '3 min 20 s'],
])('%d ms are %s', (ms, text) => {
  expect(duration(ms)).toBe(text);
});

describe('numbers', () => {
  test('have the separators of the language', () => {
    expect(wholeNumber(1_234_567)).toBe('1,234,567');
    setLanguage('de', (key) => key);
    expect(wholeNumber(1_234_567)).toBe('1.234.567');
    expect(byteCount(18_400)).toBe('18,4 kB');
  });
});

test.each([
  ['wss://example.test:8443/a/b?c=d', { path: '/a/b?c=d', host: 'example.test:8443' }],
  ['wss://example.test', { path: '/', host: 'example.test' }],
  ['not a URL', { path: 'not a URL', host: '' }],
  ['', { path: '', host: '' }],
])('the parts of %j', (url, parts) => {
  expect(urlParts(url)).toEqual(parts);
});
