import { Card } from '../card.ts';
import { button, h } from '../dom.ts';
import { address, describeClose } from '../link.ts';
import type { Section } from '../section.ts';

const ENDINGS = [
  {
    path: '/refuse',
    label: 'Refused handshake',
    about: 'The server answers the handshake with HTTP 403. The page is told 1006 and no more.',
  },
  {
    path: '/policy',
    label: 'Policy violation',
    about: 'The server accepts, says why, and closes with 1008.',
  },
  {
    path: '/unauthorized',
    label: 'Session expired',
    about: 'The server accepts and closes with 4401, a code of its own.',
  },
] as const;

/** Three services that want nothing to do with the page. Nothing runs until a button is pressed. */
export function createRefusalsCard(): Section {
  const card = new Card({
    id: 'refusals',
    title: 'Unhappy endings',
    address: 'ws /refuse, /policy, /unauthorized',
    about: 'Each button opens a socket that the server turns away in another way.',
    wide: true,
  });
  card.setState('closed', 'Press a button');
  const rows = ENDINGS.map(({ path, label, about }) => {
    const result = h('p', { class: 'result', role: 'status' });
    const open = button(label, () => tryOnce(card, path, open, result));
    return h('li', {}, open, h('p', { class: 'quiet' }, about), result);
  });
  card.body.append(h('ul', { class: 'endings' }, ...rows));
  return { element: card.element, start: () => {} };
}

function tryOnce(card: Card, path: string, open: HTMLButtonElement, result: HTMLElement): void {
  open.disabled = true;
  card.setState('connecting');
  let opened = false;
  const socket = new WebSocket(address(path));
  socket.addEventListener('open', () => {
    opened = true;
  });
  socket.addEventListener('message', () => card.countReceived());
  socket.addEventListener('close', (event) => {
    open.disabled = false;
    const end = opened ? describeClose(event) : 'Never opened (1006)';
    result.textContent = end;
    card.setState('failed', `${path}: ${end}`);
  });
}
