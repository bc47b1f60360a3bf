import { parseObject } from '../../shared/json.ts';
import { Card } from '../card.ts';
import { h } from '../dom.ts';
import { address, Link } from '../link.ts';
import type { Section } from '../section.ts';

const RETRY_SECONDS = 5;

/** A connection that the server cuts repeatedly; five seconds later the page reconnects. */
export function createFlakyCard(): Section {
  const countdown = h('p', { class: 'big' }, '–');
  const words = h('p', { class: 'quiet' });
  const bar = h('progress', { max: 1, value: 0, 'aria-label': 'Time left' });
  let attempt = 0;
  const card = new Card({
    id: 'flaky',
    title: 'Unreliable line',
    address: 'ws /flaky',
    about: 'The server cuts the line without a close frame; the page reconnects after five seconds.',
    line: { connect, disconnect: stop },
  });
  const show = (seconds: number, outOf: number, text: string): void => {
    countdown.textContent = `${seconds} s`;
    words.textContent = text;
    bar.value = outOf > 0 ? seconds / outOf : 0;
  };
  const retry = new Countdown((left) => {
    if (left === 0) connect();
    else {
      show(left, RETRY_SECONDS, `until attempt ${attempt + 1}`);
      card.setState('waiting', `Reconnecting in ${left} s`);
    }
  });
  let life = 0;
  const link = new Link(card, address('/flaky'), {
    open: () => card.setState('open', `Connected, attempt ${attempt}`),
    message: (data) => {
      const message = typeof data === 'string' ? parseObject(data) : undefined;
      const left = message?.dropsInMs;
      if (typeof left !== 'number') return;
      if (message?.type === 'hello') life = left;
      show(Math.round(left / 1000), life / 1000, 'until the server cuts the line');
    },
    closed: (_event, asked) => {
      if (asked) show(0, 0, 'stopped');
      else retry.start(RETRY_SECONDS);
    },
  });

  function connect(): void {
    retry.stop();
    attempt += 1;
    link.connect();
  }

  function stop(): void {
    retry.stop();
    card.setState('closed');
    link.disconnect();
    show(0, 0, 'stopped');
  }

  card.body.append(h('div', { class: 'centre' }, countdown, words, bar));
  return { element: card.element, start: connect };
}

/** Calls back at once and then every second with the seconds left, 0 at the end. */
class Countdown {
  readonly #tell: (left: number) => void;
  #timer: number | undefined;

  constructor(tell: (left: number) => void) {
    this.#tell = tell;
  }

  start(seconds: number): void {
    this.stop();
    let left = seconds;
    this.#tell(left);
    this.#timer = window.setInterval(() => {
      left -= 1;
      if (left === 0) this.stop();
      this.#tell(left);
    }, 1000);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
