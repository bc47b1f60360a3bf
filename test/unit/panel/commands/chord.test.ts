import { describe, expect, test } from 'vitest';
import { type Chord, chordForReaders, chordText, isChord } from '../../../../src/panel/commands/chord.ts';
import { speakEnglish } from '../../helpers/language.ts';

speakEnglish();

import { ALL_COMMANDS } from '../../../../src/panel/commands/table.ts';
import { TREE_KEYS } from '../../../../src/panel/views/detail/tree/tree-keys.ts';

const NOTHING = { code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const K: Chord = { key: 'k', mod: true };
const R: Chord = { key: 'r', shift: true };
const QUESTION: Chord = { key: '?' };

describe('a chord', () => {
  test.each<[string, Chord, object, boolean, boolean]>([
    ['Ctrl+K', K, { key: 'k', ctrlKey: true }, false, true],
    ['Ctrl+K with caps lock', K, { key: 'K', ctrlKey: true }, false, true],
    ['k', K, { key: 'k' }, false, false],
    ['Ctrl+Shift+K', K, { key: 'K', ctrlKey: true, shiftKey: true }, false, false],
    [
      'Ctrl+Alt+K, which some keyboards type letters with',
      K,
      { key: 'k', ctrlKey: true, altKey: true },
      false,
      false,
    ],
    ['the Windows key and K', K, { key: 'k', metaKey: true }, false, false],
    ['⌘K on a Mac', K, { key: 'k', metaKey: true }, true, true],
    ['Ctrl+K on a Mac', K, { key: 'k', ctrlKey: true }, true, false],
    ['the same key of a Cyrillic keyboard', K, { key: 'л', code: 'KeyK', ctrlKey: true }, false, true],
    ['the K of a Dvorak keyboard', K, { key: 'k', code: 'KeyV', ctrlKey: true }, false, true],
    ['Shift+R', R, { key: 'R', shiftKey: true }, false, true],
    ['r', R, { key: 'r' }, false, false],
    ['? with Shift', QUESTION, { key: '?', shiftKey: true }, false, true],
    ['? without', QUESTION, { key: '?' }, false, true],
  ])('%s', (_, chord, event, isMac, expected) => {
    expect(isChord({ ...NOTHING, key: '', ...event }, chord, isMac)).toBe(expected);
  });

  test('is written as the system does', () => {
    const chord = { key: 'c', mod: true, shift: true };
    expect([chordText(chord, false), chordText(chord, true)]).toEqual(['Ctrl+Shift+C', '⇧⌘C']);
    expect([chordForReaders(chord, false), chordForReaders(chord, true)]).toEqual([
      'Control+Shift+C',
      'Meta+Shift+C',
    ]);
    expect(chordText({ key: 'PageDown' }, false)).toBe('PgDn');
  });
});

test('no two commands have the same keys in the same place, and none those of trees without being stopped there', () => {
  const own = ALL_COMMANDS.flatMap(([, { chords = [], keysIn = '' }]) =>
    chords.map((chord) => `${keysIn} ${chordText(chord, false)}`),
  );
  expect(own).toEqual([...new Set(own)]);
  const tree = TREE_KEYS.flatMap(({ chords }) => chords.map((chord) => chordText(chord, false)));
  expect(tree).toEqual([...new Set(tree)]);
});
