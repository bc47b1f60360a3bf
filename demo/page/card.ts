import { button, h, onNextFrame } from './dom.ts';

/** What a card's line is doing. */
export type LineState = 'connecting' | 'open' | 'waiting' | 'closed' | 'failed';

const WORDS: Readonly<Record<LineState, string>> = {
  connecting: 'Connecting…',
  open: 'Connected',
  waiting: 'Waiting',
  closed: 'Not connected',
  failed: 'Failed',
};

/** What a card shows and does. */
export interface CardOptions {
  readonly id: string;
  readonly title: string;
  /** The address it talks to, such as `ws /echo`. */
  readonly address: string;
  /** One sentence for people who see it for the first time. */
  readonly about: string;
  /** Takes two columns if there is room. */
  readonly wide?: boolean;
  /** Present for cards with one line of their own that can be connected and disconnected. */
  readonly line?: { connect(): void; disconnect(): void };
}

/** One scenario on the page: its heading, its state in words, its counters and its own content. */
export class Card {
  readonly element: HTMLElement;
  readonly body = h('div', { class: 'card-body' });
  readonly #state = h('p', { class: 'state', role: 'status' });
  readonly #counters = h('p', { class: 'counters' });
  readonly #toggle: HTMLButtonElement | undefined;
  readonly #renderCounters: () => void;
  #received = 0;
  #sent = 0;

  constructor({ id, title, address, about, wide = false, line }: CardOptions) {
    this.#toggle = line && button('Connect', () => (this.isActive ? line.disconnect() : line.connect()));
    const heading = h('h2', { id: `${id}-title` }, title);
    this.element = h(
      'article',
      { class: wide ? 'card wide' : 'card', id, 'aria-labelledby': `${id}-title` },
      h('header', { class: 'card-head' }, heading, h('code', {}, address)),
      h('p', { class: 'about' }, about),
      this.body,
      h(
        'footer',
        { class: 'card-foot' },
        this.#state,
        this.#counters,
        ...(this.#toggle ? [this.#toggle] : []),
      ),
    );
    this.#toggle?.setAttribute('aria-describedby', `${id}-title`);
    this.#renderCounters = onNextFrame(() => this.#showCounters());
    this.#showCounters();
    this.setState('closed');
  }

  /** Whether the line is open or on its way to be. */
  get isActive(): boolean {
    return ['connecting', 'open', 'waiting'].includes(this.element.dataset.state ?? '');
  }

  /** Shows a state, in words of its own if there are any. */
  setState(state: LineState, words: string = WORDS[state]): void {
    this.element.dataset.state = state;
    if (this.#state.textContent !== words) this.#state.textContent = words;
    this.#state.title = words;
    if (this.#toggle) {
      this.#toggle.textContent = this.isActive ? 'Disconnect' : 'Connect';
      this.#enableControls(state === 'open');
    }
  }

  /** Counts messages from the server. */
  countReceived(messages = 1): void {
    this.#received += messages;
    this.#renderCounters();
  }

  /** Counts messages to the server. */
  countSent(messages = 1): void {
    this.#sent += messages;
    this.#renderCounters();
  }

  /** What would be sent into a dead line is better not offered. */
  #enableControls(enabled: boolean): void {
    const controls = this.body.querySelectorAll<HTMLButtonElement | HTMLInputElement>(
      'button, input, select',
    );
    for (const control of controls) control.disabled = !enabled;
  }

  #showCounters(): void {
    const received = this.#received.toLocaleString('en');
    const sent = this.#sent.toLocaleString('en');
    this.#counters.textContent = `↓ ${received}  ↑ ${sent}`;
    this.#counters.setAttribute('aria-label', `${received} messages received, ${sent} sent`);
  }
}
