import en from '../../../public/_locales/en/messages.json' with { type: 'json' };
import { setLanguage } from '../../../src/panel/words/i18n.ts';

const TEXTS: Readonly<Record<string, { readonly message: string }>> = en;

/** The panel in English, with `$1` … `$9` replaced as browsers do. */
export function speakEnglish(): void {
  setLanguage('en', (key, substitutions = []) =>
    (TEXTS[key]?.message ?? '').replace(/\$(\d)/g, (_, digit) => substitutions[Number(digit) - 1] ?? ''),
  );
}
