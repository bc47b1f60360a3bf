import { type MessageKey, t } from '../words/i18n.ts';

/** Keys that are pressed together. */
export interface Chord {
  /** As in `KeyboardEvent.key`; letters are small. */
  readonly key: string;
  /** Ctrl, on a Mac ⌘. */
  readonly mod?: boolean;
  /** Of no account for signs that some keyboards have with Shift and others without: `?`, `/`. */
  readonly shift?: boolean;
}

const IS_MAC = /^mac/i.test(globalThis.navigator?.platform ?? '');

type PressedKey = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** True if these keys are pressed, and no others with them. */
export function isChord(event: PressedKey, chord: Chord, isMac = IS_MAC): boolean {
  const [mod, other] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (mod !== (chord.mod ?? false) || other || event.altKey) return false;
  if (!isSign(chord.key) && event.shiftKey !== (chord.shift ?? false)) return false;
  return latinKey(event) === chord.key;
}

/** In words for people: `Ctrl+Shift+C`, `⇧⌘C`. */
export function chordText({ key, mod, shift }: Chord, isMac = IS_MAC): string {
  const word = KEY_WORDS[key];
  const name = word ? t(word) : (KEY_SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key));
  if (isMac) return `${shift ? '⇧' : ''}${mod ? '⌘' : ''}${name}`;
  return [mod && t('keyCtrl'), shift && t('keyShift'), name].filter(Boolean).join('+');
}

/** As `aria-keyshortcuts` has it. */
export function chordForReaders({ key, mod, shift }: Chord, isMac = IS_MAC): string {
  return [mod && (isMac ? 'Meta' : 'Control'), shift && 'Shift', key.length === 1 ? key.toUpperCase() : key]
    .filter(Boolean)
    .join('+');
}

/** What stands on keyboards, which have a language of their own. */
const KEY_WORDS: Readonly<Record<string, MessageKey>> = {
  Delete: 'keyDelete',
  End: 'keyEnd',
  Enter: 'keyEnter',
  Home: 'keyHome',
  PageDown: 'keyPageDown',
  PageUp: 'keyPageUp',
};

const KEY_SIGNS: Readonly<Record<string, string>> = {
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ContextMenu: '☰',
  Escape: 'Esc',
  ' ': '␣',
};

function isSign(key: string): boolean {
  return key.length === 1 && !/[a-z0-9]/.test(key);
}

/** Keyboards without Latin letters have those keys in the same places. */
function latinKey({ key, code }: PressedKey): string {
  if (key.length > 1) return key;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return (key > '\x7f' && letter ? letter : key).toLowerCase();
}
