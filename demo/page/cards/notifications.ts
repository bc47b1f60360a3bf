import { h } from '../dom.ts';
import type { Section } from '../section.ts';

/** A frame of the page with a document, a script and a socket of its own. */
export function createNotificationsCard(): Section {
  const frame = h('iframe', { title: 'Notifications', name: 'notifications' });
  return {
    element: h('div', { class: 'frame-holder', id: 'notifications' }, frame),
    start: () => frame.setAttribute('src', '/notifications.html'),
  };
}
