import { io, type Socket } from 'socket.io-client';
import type { Poll, PollPageEvents, PollServerEvents } from '../../shared/poll.ts';
import { Card } from '../card.ts';
import { button, h } from '../dom.ts';
import type { Section } from '../section.ts';

/** A poll over Socket.IO with acknowledged votes. */
export function createSocketIoCard(): Section {
  const socket: Socket<PollServerEvents, PollPageEvents> = io({
    transports: ['websocket'],
    autoConnect: false,
  });
  const note = h('p', { class: 'note', role: 'status' });
  const view = new PollView((choice) =>
    socket.emit('vote', choice, (reply) => {
      note.textContent = reply.ok ? 'Your vote counts.' : reply.error;
    }),
  );
  const card = new Card({
    id: 'socketio',
    title: 'Poll',
    address: 'ws /socket.io · Socket.IO',
    about: 'Votes with acknowledgements; others vote too. Receipts come as binary.',
    line: { connect: open, disconnect: () => socket.disconnect() },
  });

  function open(): void {
    card.setState('connecting');
    socket.connect();
  }

  socket.on('connect', () => card.setState('open'));
  socket.on('disconnect', (reason) => {
    if (socket.active) card.setState('waiting', 'Line lost, trying again');
    else card.setState('closed', reason === 'io client disconnect' ? undefined : `Closed: ${reason}`);
  });
  socket.on('connect_error', (error) => card.setState('waiting', `Trying again: ${error.message}`));
  socket.on('poll', (poll) => view.show(poll));
  socket.on('receipt', (_choice, token) => {
    note.textContent = `Your vote counts. Receipt: ${token.byteLength} bytes.`;
  });
  countPackets(socket, card);
  card.body.append(view.element, note);
  return { element: card.element, start: open };
}

/** Counts what goes over the line, pings and acknowledgements too. */
function countPackets(socket: Socket<PollServerEvents, PollPageEvents>, card: Card): void {
  socket.io.on('open', () => {
    const { engine } = socket.io;
    // The handshake packet that told us of this came before we could listen.
    card.countReceived();
    engine.on('packet', () => card.countReceived());
    engine.on('packetCreate', () => card.countSent());
  });
}

class PollView {
  readonly element: HTMLElement;
  readonly #question = h('p', { class: 'question' });
  readonly #options = h('div', { class: 'options' });
  readonly #vote: (choice: string) => void;
  readonly #buttons = new Map<string, HTMLButtonElement>();

  constructor(vote: (choice: string) => void) {
    this.#vote = vote;
    this.element = h('div', { class: 'poll' }, this.#question, this.#options);
  }

  show({ question, options }: Poll): void {
    this.#question.textContent = question;
    const most = Math.max(1, ...options.map(({ votes }) => votes));
    for (const { id, label, votes } of options) {
      const option = this.#buttons.get(id) ?? this.#addOption(id);
      option.style.setProperty('--share', `${(votes / most) * 100}%`);
      option.replaceChildren(h('span', {}, label), h('span', { class: 'number' }, String(votes)));
      option.setAttribute('aria-label', `Vote for ${label}, ${votes} votes so far`);
    }
  }

  #addOption(id: string): HTMLButtonElement {
    const option = button('', () => this.#vote(id), { class: 'option' });
    this.#buttons.set(id, option);
    this.#options.append(option);
    return option;
  }
}
