import type messages from '../../public/_locales/en/messages.json';

/** Every text of the panel has a key in `public/_locales`. */
export type MessageKey = keyof typeof messages;

type Translate = (key: string, substitutions?: readonly string[]) => string;

let translate: Translate = (key) => key;
let localeTag = 'en';

/** Set once, before anything is drawn. */
export function setLanguage(locale: string, texts: Translate): void {
  localeTag = locale;
  translate = texts;
}

/** The text in the browser's language; `$1` to `$9` are replaced by the substitutions. */
export function t(key: MessageKey, ...substitutions: (string | number)[]): string {
  return translate(key, substitutions.map(String));
}

/** The text of a key that comes as data (close codes, filter problems), or the fallback if there is none. */
export function tDynamic(key: string, substitutions: readonly string[], fallback = ''): string {
  return translate(key, substitutions) || fallback;
}

/** BCP 47 tag for `Intl`. */
export function locale(): string {
  return localeTag;
}
