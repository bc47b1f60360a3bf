import { Card } from '../card.ts';
import { appendLine, button, h, lineForm } from '../dom.ts';
import { address, Link } from '../link.ts';
import type { Section } from '../section.ts';

const BINARY_BYTES = 12;

/** Sends text and bytes and shows them come back. */
export function createEchoCard(): Section {
  const log = h('ol', { class: 'log', 'aria-label': 'Messages' });
  const card = new Card({
    id: 'echo',
    title: 'Echo',
    address: 'ws /echo',
    about: 'Sends back what it gets, text as text and bytes as bytes.',
    line: { connect: () => link.connect(), disconnect: () => link.disconnect() },
  });
  const show = (arrow: string, data: string | Uint8Array): void => {
    const content = typeof data === 'string' ? h('span', {}, data) : h('code', {}, toHex(data));
    appendLine(log, h('li', {}, h('span', { class: 'arrow' }, arrow), content));
  };
  const send = (data: string | Uint8Array<ArrayBuffer>): void => {
    if (link.send(data)) show('↑', data);
  };
  const link = new Link(card, address('/echo'), {
    open: () => send('Hello, echo!'),
    message: (data) => show('↓', data),
  });
  const { form } = lineForm('Message to echo', 'Send', send);
  form.append(button('Send bytes', () => send(crypto.getRandomValues(new Uint8Array(BINARY_BYTES)))));
  card.body.append(log, form);
  return { element: card.element, start: () => link.connect() };
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
