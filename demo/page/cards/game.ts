import {
  decodeGameFrame,
  encodeGameFrame,
  type GameFrame,
  type StateFrame,
} from '../../shared/game-frames.ts';
import { Card } from '../card.ts';
import { h, onNextFrame } from '../dom.ts';
import { GamePainter } from '../game-painter.ts';
import { Pilot } from '../game-pilot.ts';
import { address, Link } from '../link.ts';
import type { Section } from '../section.ts';

/** Least time between two input frames, in milliseconds. */
const INPUT_MS = 100;

/** An arena in MessagePack: the world comes down 25 times a second, the stick goes up. */
export function createGameCard(): Section {
  const canvas = h('canvas', {
    width: 320,
    height: 180,
    tabindex: 0,
    role: 'application',
    'aria-label': 'Arena. Steer with the arrow keys or the pointer; the autopilot flies otherwise.',
  });
  const note = h('p', { class: 'note' });
  const card = new Card({
    id: 'game',
    title: 'Game',
    address: 'ws /game · MessagePack',
    about: 'Collect the coins: arrow keys or pointer. The autopilot helps out.',
    line: { connect: () => link.connect(), disconnect: () => link.disconnect() },
  });
  const game = new Game(canvas, note, (frame) => link.send(frame));
  const link = new Link(card, address('/game'), {
    message: (data) => {
      const frame = typeof data === 'string' ? undefined : decodeGameFrame(data);
      if (frame) game.take(frame);
    },
  });
  card.body.append(h('div', { class: 'arena' }, canvas), note);
  return { element: card.element, start: () => link.connect() };
}

class Game {
  readonly #painter: GamePainter;
  readonly #pilot: Pilot;
  readonly #note: HTMLElement;
  readonly #send: (frame: Uint8Array<ArrayBuffer>) => boolean;
  readonly #paint = onNextFrame(() => this.#show());
  #me = 0;
  #state: StateFrame | undefined;
  #sequence = 0;
  #lastStick = '';
  #lastSentAt = 0;

  constructor(
    canvas: HTMLCanvasElement,
    note: HTMLElement,
    send: (frame: Uint8Array<ArrayBuffer>) => boolean,
  ) {
    this.#painter = new GamePainter(canvas);
    this.#pilot = new Pilot(canvas);
    this.#note = note;
    this.#send = send;
  }

  take(frame: GameFrame): void {
    if (frame.type === 'welcome') this.#me = frame.player;
    if (frame.type !== 'state') return;
    this.#state = frame;
    this.#steer(frame);
    this.#paint();
  }

  /** Sends the stick when it has moved, and not more often than the server can use. */
  #steer(state: StateFrame): void {
    const stick = this.#pilot.stick(state, this.#me);
    const key = `${stick.right},${stick.down}`;
    const now = performance.now();
    if (key === this.#lastStick || now - this.#lastSentAt < INPUT_MS) return;
    this.#lastStick = key;
    this.#lastSentAt = now;
    this.#sequence += 1;
    this.#send(encodeGameFrame({ type: 'input', sequence: this.#sequence, ...stick }));
  }

  #show(): void {
    if (!this.#state) return;
    this.#painter.paint(this.#state, this.#me);
    const score = this.#state.players.find(({ id }) => id === this.#me)?.score ?? 0;
    this.#note.textContent = `Your coins: ${score}${this.#pilot.isAutomatic ? ' · autopilot' : ' · you fly'}`;
  }
}
