import { type JsonObject, parseObject } from '../../shared/json.ts';
import { DEFAULT_RATE, MAX_BURST, MAX_RATE } from '../../shared/ticker-limits.ts';
import { Card } from '../card.ts';
import { button, h, onNextFrame } from '../dom.ts';
import { address, Link } from '../link.ts';
import { QuoteTable } from '../quote-table.ts';
import type { Section } from '../section.ts';

declare global {
  interface Window {
    /** Opened by the first script of the page, before any module ran. */
    tickerSocket?: WebSocket;
    /** What that socket received before this module took it over. */
    tickerEarly?: string[];
  }
}

/** Steps of the rate control, in trades a second. */
const RATES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000] as const;

/** Trades of several symbols at a rate the user sets, and bursts of them. */
export function createTickerCard(rate: number = DEFAULT_RATE): Section {
  const quotes = new QuoteTable();
  const measured = h('output', {}, '–');
  const note = h('p', { class: 'note', role: 'status' });
  const card = new Card({
    id: 'ticker',
    title: 'Stock ticker',
    address: 'ws /ticker',
    about: 'Opened by the first inline script of the page. Turn it up until your debugger gives in.',
    wide: true,
    line: { connect: () => link.connect(), disconnect: () => link.disconnect() },
  });
  let wanted = rate;
  const setRate = (perSecond: number): void => {
    wanted = perSecond;
    link.sendJson({ type: 'rate', perSecond });
  };
  const link = new Link(card, address(`/ticker?rate=${rate}`), {
    // A new line starts at the rate of the address, not at the one chosen since.
    open: () => (wanted === rate ? undefined : setRate(wanted)),
    message: (data) => {
      const message = typeof data === 'string' ? parseObject(data) : undefined;
      if (message?.type === 'trade') quotes.add(message);
      else if (message) note.textContent = describe(message) ?? note.textContent;
    },
  });
  const meter = new RateMeter((perSecond) => {
    measured.textContent = `${perSecond.toLocaleString('en')}/s`;
  }, quotes);
  card.body.append(
    quotes.element,
    h('div', { class: 'panel' }, rateControl(rate, setRate, measured), burstControl(link), note),
  );
  return {
    element: card.element,
    start: () => {
      meter.start();
      const { tickerSocket, tickerEarly } = window;
      if (tickerSocket) link.adopt(tickerSocket, tickerEarly);
      else link.connect();
    },
  };
}

function rateControl(rate: number, setRate: (perSecond: number) => void, measured: HTMLElement): HTMLElement {
  const words = h('output', { for: 'ticker-rate' });
  const slider = h('input', { type: 'range', id: 'ticker-rate', min: 0, max: RATES.length - 1, step: 1 });
  const show = (perSecond: number): void => {
    words.textContent = `${perSecond.toLocaleString('en')}/s`;
    slider.setAttribute('aria-valuetext', `${perSecond} trades a second`);
  };
  const nearest = RATES.findIndex((step) => step >= rate);
  slider.value = String(nearest === -1 ? RATES.length - 1 : nearest);
  show(rate);
  // One message for a whole drag is enough.
  const chosen = (): number => RATES[slider.valueAsNumber] ?? DEFAULT_RATE;
  const send = onNextFrame(() => setRate(chosen()));
  slider.addEventListener('input', () => {
    show(chosen());
    send();
  });
  return h(
    'div',
    { class: 'field' },
    h('label', { for: 'ticker-rate' }, 'Rate'),
    words,
    slider,
    h('span', { class: 'quiet' }, 'arriving ', measured),
  );
}

function burstControl(link: Link): HTMLElement {
  const count = h('input', { type: 'number', id: 'ticker-burst', min: 1, max: MAX_BURST, value: 50_000 });
  const send = button('Burst', () => {
    if (count.reportValidity()) link.sendJson({ type: 'burst', count: count.valueAsNumber });
  });
  return h(
    'div',
    { class: 'field' },
    h('label', { for: 'ticker-burst' }, 'At once'),
    h('span', { class: 'row' }, count, send),
  );
}

function describe(message: JsonObject): string | undefined {
  const { type, count, milliseconds } = message;
  if (type === 'burst-start' && typeof count === 'number')
    return `Burst of ${count.toLocaleString('en')} on its way…`;
  if (type === 'burst-end' && typeof count === 'number' && typeof milliseconds === 'number') {
    return `${count.toLocaleString('en')} trades sent in ${milliseconds.toLocaleString('en')} ms.`;
  }
  if (type === 'error' && typeof message.message === 'string') return message.message;
  return undefined;
}

/** Tells once a second how many trades came in. */
class RateMeter {
  readonly #show: (perSecond: number) => void;
  readonly #quotes: QuoteTable;
  #last = 0;
  #lastAt = 0;

  constructor(show: (perSecond: number) => void, quotes: QuoteTable) {
    this.#show = show;
    this.#quotes = quotes;
  }

  start(): void {
    this.#lastAt = performance.now();
    setInterval(() => this.#measure(), 1000);
  }

  #measure(): void {
    const now = performance.now();
    this.#show(Math.round(((this.#quotes.total - this.#last) * 1000) / (now - this.#lastAt)));
    this.#last = this.#quotes.total;
    this.#lastAt = now;
  }
}

/** The `rate` of the page's address, or the default one. */
export function readRate(query: URLSearchParams): number {
  const rate = Number(query.get('rate') ?? DEFAULT_RATE);
  return Number.isInteger(rate) && rate >= 1 && rate <= MAX_RATE ? rate : DEFAULT_RATE;
}
