import type { ChatLine } from '../shared/chat-lines.ts';

const de = (user: string, text: string): ChatLine => ({ language: 'de', user, text });
const en = (user: string, text: string): ChatLine => ({ language: 'en', user, text });

/** What the simulated users tell each other, over and over. */
export const SMALL_TALK: readonly [ChatLine, ...ChatLine[]] = [
  de('Ana', 'hallo'),
  de('Jürgen', 'Guten Morgen zusammen ☕'),
  en('Emma', 'Morning! Is the release still planned for today?'),
  de('Ana', 'Ja, um 15 Uhr. Die Tests laufen gerade.'),
  en('Tom', 'Great, I will keep an eye on the sockets.'),
  de('Jürgen', 'Gestern waren es 12 000 Nachrichten pro Sekunde.'),
  en('Emma', 'And not a single one was lost 🎉'),
  de('Ana', 'Wer kommt mit zum Mittagessen?'),
  en('Tom', 'Count me in.'),
  de('Jürgen', 'Gerne! Treffen wir uns an der Brücke?'),
  de('Ana', 'Perfekt, bis gleich.'),
  en('Emma', 'I am remote today, enjoy!'),
  en('Tom', 'Can somebody look at the reconnect logic later?'),
  de('Jürgen', 'Mache ich, schick mir die Aufzeichnung.'),
];

/** Who answers, and with what, for each language. */
export const ANSWERS = {
  de: {
    users: ['Ana', 'Jürgen'],
    greeting: ['Hallo! Schön, dass du da bist.', 'Servus! 👋'],
    question: ['Gute Frage, ich schaue gleich nach.', 'Ich glaube schon.'],
    statement: ['Klingt gut!', 'Verstanden.', 'Da bin ich ganz deiner Meinung.'],
  },
  en: {
    users: ['Emma', 'Tom'],
    greeting: ['Hi there, good to see you!', 'Hello! 👋'],
    question: ['Good question, let me check.', 'I think so, yes.'],
    statement: ['Sounds good!', 'Got it.', 'I could not agree more.'],
  },
} as const;

/** The users who are always there. */
export const REGULARS = [...ANSWERS.de.users, ...ANSWERS.en.users];
