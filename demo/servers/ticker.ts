import type { WebSocket } from 'ws';
import { isWholeNumber, type JsonObject } from '../shared/json.ts';
import { DEFAULT_RATE, MAX_BURST, MAX_RATE } from '../shared/ticker-limits.ts';
import { onObjects, type Scenario, sendError, sendJson, socketScenario } from './scenario.ts';
import { TradeSource } from './trade-source.ts';

/** Trades of a burst written before the event loop may do something else. */
const BURST_CHUNK = 1000;
/** Bytes waiting to be sent above which the regular trades pause: a page stopped in a debugger reads nothing. */
const MAX_WAITING = 8 * 1024 * 1024;

/**
 * `/ticker?rate=5` sends trades at a rate of its own for each client.
 *
 * The page may send `{"type":"rate","perSecond":200}` and `{"type":"burst","count":50000}`. Between `burst-start` and
 * `burst-end` come exactly as many trades as asked for, and no regular ones.
 */
export function createTicker(): Scenario {
  return socketScenario('/ticker', (client, query) => {
    const wanted = Number(query.get('rate') ?? DEFAULT_RATE);
    const feed = new Feed(client, isWholeNumber(wanted, 1, MAX_RATE) ? wanted : DEFAULT_RATE);
    client.once('close', () => feed.stop());
    onObjects(client, (message) => obey(client, feed, message));
  });
}

function obey(client: WebSocket, feed: Feed, message: JsonObject): void {
  if (message.type === 'rate') {
    const { perSecond } = message;
    if (isWholeNumber(perSecond, 1, MAX_RATE)) feed.setRate(perSecond);
    else sendError(client, 'invalid-rate', `perSecond is a whole number from 1 to ${MAX_RATE}.`);
  } else if (message.type === 'burst') {
    const { count } = message;
    if (!isWholeNumber(count, 1, MAX_BURST)) {
      sendError(client, 'invalid-count', `count is a whole number from 1 to ${MAX_BURST}.`);
    } else if (!feed.burst(count)) {
      sendError(client, 'burst-running', 'Wait for the end of the burst that is running.');
    }
  } else {
    sendError(client, 'unknown-type', 'Known types: rate, burst.');
  }
}

class Feed {
  readonly #client: WebSocket;
  readonly #trades = new TradeSource();
  #rate = DEFAULT_RATE;
  #timer: NodeJS.Timeout | undefined;
  #burstLeft = 0;
  /** When the count below began, in milliseconds of `performance.now()`. */
  #since = 0;
  #sent = 0;

  constructor(client: WebSocket, rate: number) {
    this.#client = client;
    this.setRate(rate);
  }

  setRate(perSecond: number): void {
    this.stop();
    this.#rate = perSecond;
    sendJson(this.#client, { type: 'rate', perSecond });
    this.#restartCount();
    // Timers are not exact to the millisecond, so high rates send several trades a turn.
    this.#timer = setInterval(() => this.#sendDue(), Math.max(10, Math.floor(1000 / perSecond)));
  }

  /** Starts a burst; false when one is running already. */
  burst(count: number): boolean {
    if (this.#burstLeft > 0) return false;
    this.#burstLeft = count;
    sendJson(this.#client, { type: 'burst-start', count });
    this.#burstStep(count, performance.now());
    return true;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #sendDue(): void {
    if (this.#burstLeft > 0) return;
    const due = Math.floor(((performance.now() - this.#since) * this.#rate) / 1000) - this.#sent;
    this.#sent += due;
    if (this.#client.bufferedAmount > MAX_WAITING) return;
    this.#sendTrades(due);
  }

  #burstStep(count: number, startedAt: number): void {
    if (this.#client.readyState !== this.#client.OPEN) return;
    const chunk = Math.min(BURST_CHUNK, this.#burstLeft);
    this.#sendTrades(chunk);
    this.#burstLeft -= chunk;
    if (this.#burstLeft > 0) {
      setImmediate(() => this.#burstStep(count, startedAt));
      return;
    }
    sendJson(this.#client, {
      type: 'burst-end',
      count,
      milliseconds: Math.round(performance.now() - startedAt),
    });
    this.#restartCount();
  }

  #sendTrades(count: number): void {
    for (let index = 0; index < count && this.#client.readyState === this.#client.OPEN; index += 1) {
      this.#client.send(this.#trades.next());
    }
  }

  #restartCount(): void {
    this.#since = performance.now();
    this.#sent = 0;
  }
}
