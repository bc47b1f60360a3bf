import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shortenIds, summarise, summariseBytes } from '../../../src/decoders/summary.ts';

describe('text', () => {
  test.each([
    ['plain', 'plain'],
    ['', ''],
    ['{\n  "a": 1,\r\n\t"b": 2\n}', '{␊"a": 1,␊"b": 2␊}'],
    ['a\tb\rc\u0000\u001b[0m\u007f', 'a␉b␍c␀␛[0m␡'],
    ['safe\u202eexe.txt\u2066', 'safe⟨U+202E⟩exe.txt⟨U+2066⟩'],
    ['\u200e\u200f\u061c\u0085\u2028\ufeff', '⟨U+200E⟩⟨U+200F⟩⟨U+061C⟩⟨U+0085⟩⟨U+2028⟩⟨U+FEFF⟩'],
    ['\ud800x', '⟨U+D800⟩x'],
    ['👩‍🚀 ä', '👩‍🚀 ä'],
  ])('%j becomes %s', (text, line) => {
    expect(summarise(text, 100)).toBe(line);
  });

  test('cuts, says so and splits no surrogate pair', () => {
    expect(summarise('abcdef', 3)).toBe('abc…');
    expect(summarise('abc', 3)).toBe('abc');
    expect(summarise('ab😀', 3)).toBe('ab…');
    expect(summarise('ab😀', 4)).toBe('ab😀');
    expect(summarise('ab\ud83dcd', 3)).toBe('ab⟨U+D83D⟩…');
    expect(summarise('abc', 0)).toBe('…');
  });

  test('of ids that are longer than what they are of, the beginning is enough', () => {
    const id = '1e265177-484e-4ec0-9e6a-39dc74f26f4a';
    expect(shortenIds(`{"id":"${id}","type":"next","of":"${id.toUpperCase()}"}`)).toBe(
      '{"id":"1e265177…","type":"next","of":"1E265177…"}',
    );
    for (const text of [id, `"${id}x"`, `"a ${id}"`, '"1e265177"']) expect(shortenIds(text)).toBe(text);
  });

  test('holds nothing unseen, for any text and any cut', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 0xffff })), fc.nat(30), (units, maxChars) => {
        const line = summarise(String.fromCharCode(...units), maxChars);
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

describe('bytes', () => {
  const bytes = new TextEncoder().encode('Hi\u0000!');
  test('shows digits and ASCII', () => {
    expect(summariseBytes(bytes, 10)).toBe('48 69 00 21  Hi.!');
  });
  test('says what is cut', () => {
    expect(summariseBytes(bytes, 2)).toBe('48 69 …  Hi…');
  });
  test('of no bytes is empty', () => {
    expect(summariseBytes(new Uint8Array(), 10)).toBe('');
  });
});
