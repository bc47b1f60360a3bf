import { type ChatLine, readChatLine, writeChatLine } from '../../shared/chat-lines.ts';
import { parseObject } from '../../shared/json.ts';
import { Card } from '../card.ts';
import { appendLine, h, lineForm } from '../dom.ts';
import { address, Link } from '../link.ts';
import type { Section } from '../section.ts';

const ME = { de: 'Du', en: 'You' } as const;

/** A room with four simulated users; two write with German member names, two with English ones. */
export function createChatCard(): Section {
  const log = h('ol', { class: 'log chat', 'aria-label': 'Conversation', 'aria-live': 'polite' });
  const card = new Card({
    id: 'chat',
    title: 'Chat',
    address: 'ws /chat',
    about: 'Ana and Jürgen write German, Emma and Tom English. They answer you.',
    line: { connect: () => link.connect(), disconnect: () => link.disconnect() },
  });
  const link = new Link(card, address('/chat'), {
    message: (data) => {
      const message = typeof data === 'string' ? parseObject(data) : undefined;
      const line = message && readChatLine(message);
      if (line) appendLine(log, chatItem(line));
    },
  });
  const language = h(
    'select',
    { 'aria-label': 'Language of your message' },
    h('option', { value: 'en' }, 'EN'),
    h('option', { value: 'de' }, 'DE'),
  );
  const { form, field } = lineForm('Say something', 'Send', (text) => {
    const chosen = language.value === 'de' ? 'de' : 'en';
    link.send(writeChatLine({ language: chosen, user: ME[chosen], text }));
  });
  language.addEventListener('change', () => {
    field.placeholder = language.value === 'de' ? 'Sag etwas' : 'Say something';
  });
  form.prepend(language);
  card.body.append(log, form);
  return { element: card.element, start: () => link.connect() };
}

function chatItem({ language, user, text }: ChatLine): HTMLElement {
  const mine = user === ME[language];
  return h(
    'li',
    { class: mine ? 'mine' : 'theirs', lang: language },
    h('b', { 'data-user': user }, user),
    h('span', {}, text),
  );
}
