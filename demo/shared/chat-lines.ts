import type { JsonObject } from './json.ts';

/** One thing said in the chat. German lines travel with German member names, English ones with English names. */
export interface ChatLine {
  readonly language: 'de' | 'en';
  readonly user: string;
  readonly text: string;
}

/** What can be read from a chat message, or undefined when it is in neither of the two forms. */
export function readChatLine(message: JsonObject): ChatLine | undefined {
  const { benutzer, nachricht, user, message: text } = message;
  if (typeof benutzer === 'string' && typeof nachricht === 'string') {
    return { language: 'de', user: benutzer, text: nachricht };
  }
  if (typeof user === 'string' && typeof text === 'string') return { language: 'en', user, text };
  return undefined;
}

/** The message text for a chat line. */
export function writeChatLine(line: ChatLine): string {
  return line.language === 'de'
    ? JSON.stringify({ benutzer: line.user, nachricht: line.text })
    : JSON.stringify({ user: line.user, message: line.text });
}
