import de from '../../../public/_locales/de/messages.json' with { type: 'json' };
import en from '../../../public/_locales/en/messages.json' with { type: 'json' };

type Texts = Readonly<Record<string, string>>;

/** The texts of both languages whose keys begin with a prefix. */
export function textsWithPrefix(prefix: string): { readonly en: Texts; readonly de: Texts } {
  const pick = (messages: Readonly<Record<string, { readonly message: string }>>): Texts =>
    Object.fromEntries(
      Object.entries(messages)
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, { message }]) => [key, message]),
    );
  return { en: pick(en), de: pick(de) };
}
