import type messages from '../../../public/_locales/en/messages.json';

/** Every text of the panel has a key in `public/_locales`. */
export type MessageKey = keyof typeof messages;

type Translate = (key: string, substitutions?: readonly string[]) => string;

let translate: Translate = (key) => key;
let localeTag = 'en';
/** Texts without substitutions: to ask the browser for those of each row takes a tenth of a picture. */
const known = new Map<string, string>();

/** Set once, before anything is drawn. */
export function setLanguage(locale: string, texts: Translate): void {
  localeTag = locale;
  translate = texts;
  known.clear();
}

/** The text in the browser's language; `$1` to `$9` are replaced by the substitutions. */
export function t(key: MessageKey, ...substitutions: (string | number)[]): string {
  if (substitutions.length > 0) return translate(key, substitutions.map(String));
  const text = known.get(key) ?? translate(key, []);
  known.set(key, text);
  return text;
}

/** The text of a key that comes as data (close codes, filter problems), or the fallback if there is none. */
export function tDynamic(key: string, substitutions: readonly string[], fallback = ''): string {
  return translate(key, substitutions) || fallback;
}

/** BCP 47 tag for `Intl`. */
export function locale(): string {
  return localeTag;
}
