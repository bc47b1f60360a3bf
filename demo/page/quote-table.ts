import type { JsonObject } from '../shared/json.ts';
import { h, onNextFrame } from './dom.ts';

/** Prices a sparkline shows. */
const HISTORY = 60;
const YOUNG = 12;
const SPARK = { width: 120, height: 24 } as const;

interface Quote {
  readonly price: HTMLElement;
  readonly change: HTMLElement;
  readonly path: SVGPathElement;
  readonly first: number;
  readonly decimals: number;
  readonly history: number[];
  changed: boolean;
}

/** The last prices, a row for each symbol. Draws once a frame, however many trades come in. */
export class QuoteTable {
  readonly element: HTMLElement;
  /** Trades seen so far. */
  total = 0;
  readonly #rows = h('tbody');
  readonly #quotes = new Map<string, Quote>();
  readonly #render = onNextFrame(() => this.#draw());

  constructor() {
    const head = h(
      'tr',
      {},
      ...['Symbol', 'Price', 'Change', 'Lately'].map((name) => h('th', { scope: 'col' }, name)),
    );
    this.element = h('table', { class: 'quotes' }, h('thead', {}, head), this.#rows);
  }

  /** Takes in a trade message. */
  add({ symbol, price }: JsonObject): void {
    if (typeof symbol !== 'string' || typeof price !== 'number') return;
    this.total += 1;
    const quote = this.#quotes.get(symbol) ?? this.#addRow(symbol, price);
    quote.history.push(price);
    if (quote.history.length > HISTORY) quote.history.shift();
    quote.changed = true;
    this.#render();
  }

  #addRow(symbol: string, first: number): Quote {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', `0 0 ${SPARK.width} ${SPARK.height}`);
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.setAttribute('aria-hidden', 'true');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    svg.append(path);
    const price = h('td', { class: 'number' });
    const change = h('td', { class: 'number change' });
    const spark = h('td', { class: 'spark' });
    spark.append(svg);
    this.#rows.append(h('tr', {}, h('th', { scope: 'row' }, symbol), price, change, spark));
    const quote: Quote = {
      price,
      change,
      path,
      first,
      decimals: first < 10 ? 5 : 2,
      history: [],
      changed: true,
    };
    this.#quotes.set(symbol, quote);
    return quote;
  }

  #draw(): void {
    for (const quote of this.#quotes.values()) {
      if (!quote.changed) continue;
      quote.changed = false;
      const last = quote.history.at(-1) ?? quote.first;
      const percent = (last / quote.first - 1) * 100;
      quote.price.textContent = last.toLocaleString('en', {
        minimumFractionDigits: quote.decimals,
        maximumFractionDigits: quote.decimals,
      });
      quote.change.textContent = `${percent < 0 ? '▼' : '▲'} ${Math.abs(percent).toFixed(2)} %`;
      quote.change.dataset.direction = percent < 0 ? 'down' : 'up';
      quote.path.setAttribute('d', sparkline(quote.history));
    }
  }
}

function sparkline(prices: readonly number[]): string {
  const low = Math.min(...prices);
  const range = Math.max(...prices) - low || 1;
  // A young line is stretched, so that there is something to see from the start.
  const step = SPARK.width / (Math.max(prices.length, YOUNG) - 1);
  const points = prices.map((price, index) => {
    const y = SPARK.height - 2 - ((price - low) / range) * (SPARK.height - 4);
    return `${(index * step).toFixed(1)} ${y.toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}
