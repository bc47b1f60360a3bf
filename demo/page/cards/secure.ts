import { parseObject } from '../../shared/json.ts';
import { Card } from '../card.ts';
import { button, h } from '../dom.ts';
import { Link } from '../link.ts';
import type { Section } from '../section.ts';

/** A connection over TLS with a self-signed certificate. */
export function createSecureCard(tlsPort: string): Section {
  const host = `${location.hostname}:${tlsPort}`;
  const time = h('p', { class: 'big' }, '–');
  const words = h('p', { class: 'quiet' });
  const pong = h('p', { class: 'quiet', role: 'status' });
  const hint = h(
    'p',
    { class: 'hint', hidden: true },
    'The demo made its certificate itself. ',
    h('a', { href: `https://${host}/`, target: '_blank', rel: 'noopener' }, 'Trust it once in this browser'),
    ', then come back.',
  );
  const card = new Card({
    id: 'secure',
    title: 'Secure line',
    address: `wss :${tlsPort}/secure`,
    about: 'The same over TLS, with a certificate made when the demo started.',
    line: { connect: () => link.connect(), disconnect: () => link.disconnect() },
  });
  let everOpen = false;
  const link = new Link(card, `wss://${host}/secure`, {
    open: () => {
      everOpen = true;
      hint.hidden = true;
    },
    message: (data) => {
      const message = typeof data === 'string' ? parseObject(data) : undefined;
      if (typeof message?.cipher === 'string') words.textContent = `${message.protocol} · ${message.cipher}`;
      if (typeof message?.time === 'string') time.textContent = new Date(message.time).toLocaleTimeString();
      if (typeof message?.sent === 'number') pong.textContent = `Answered in ${Date.now() - message.sent} ms`;
    },
    closed: (_event, asked) => {
      if (asked || everOpen) return;
      hint.hidden = false;
      card.setState('failed', 'Not trusted yet');
    },
  });
  // Back from the tab in which the certificate was trusted.
  window.addEventListener('focus', () => {
    if (!hint.hidden) link.connect();
  });
  const ping = button('Ping', () => link.sendJson({ type: 'ping', sent: Date.now() }));
  card.body.append(h('div', { class: 'centre' }, time, words, ping, pong, hint));
  return { element: card.element, start: () => link.connect() };
}
