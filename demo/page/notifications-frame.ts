import { type JsonObject, parseObject } from '../shared/json.ts';
import { Card } from './card.ts';
import { button, h } from './dom.ts';
import { address, Link } from './link.ts';

const MOST_SHOWN = 20;

/** The bell and the list, alone in the document of the frame. */
function createNotifications(): { readonly element: HTMLElement; start(): void } {
  const unread = new Set<string>();
  const count = h('span', { class: 'bell' });
  const list = h('ol', { class: 'log notices', 'aria-label': 'Notifications' });
  const readAll = button('Mark all as read', () => {
    if (!link.sendJson({ type: 'read-all' })) return;
    unread.clear();
    for (const item of list.children) item.classList.remove('unread');
    showCount();
  });
  const showCount = (): void => {
    count.textContent = `${unread.size} unread`;
    count.toggleAttribute('data-unread', unread.size > 0);
    readAll.disabled = unread.size === 0;
  };
  const card = new Card({
    id: 'notices',
    title: 'Notifications',
    address: 'ws /notifications · iframe',
    about: 'A socket of a frame inside the page, a few messages a minute.',
    line: { connect: () => link.connect(), disconnect: () => link.disconnect() },
  });
  const link = new Link(card, address('/notifications'), {
    message: (data) => {
      const message = typeof data === 'string' ? parseObject(data) : undefined;
      if (message?.type !== 'notification' || typeof message.id !== 'string') return;
      unread.add(message.id);
      list.prepend(notice(message));
      if (list.childElementCount > MOST_SHOWN) list.lastElementChild?.remove();
      showCount();
    },
  });
  showCount();
  card.body.append(h('div', { class: 'row spread' }, count, readAll), list);
  return { element: card.element, start: () => link.connect() };
}

function notice({ level, title, text }: JsonObject): HTMLElement {
  return h(
    'li',
    { class: 'notice unread', 'data-level': String(level) },
    h('b', {}, String(title)),
    h('span', {}, String(text)),
  );
}

const notifications = createNotifications();
document.body.append(notifications.element);
notifications.start();
