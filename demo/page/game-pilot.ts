import type { Point, StateFrame } from '../shared/game-frames.ts';

/** Where the stick stands, -127 to 127 on either axis. */
export interface Stick {
  readonly right: number;
  readonly down: number;
}

/** After this long without a hand on the stick the autopilot flies, in milliseconds. */
const IDLE_MS = 4000;
const REST: Stick = { right: 0, down: 0 };
const KEYS: Readonly<Record<string, Stick>> = {
  ArrowLeft: { right: -127, down: 0 },
  ArrowRight: { right: 127, down: 0 },
  ArrowUp: { right: 0, down: -127 },
  ArrowDown: { right: 0, down: 127 },
};

/** Steers by the arrow keys, the pointer, or by itself towards the nearest coin. */
export class Pilot {
  readonly #held = new Set<string>();
  #pointer: Point | undefined;
  #touchedAt = -IDLE_MS;

  constructor(canvas: HTMLCanvasElement) {
    canvas.addEventListener('keydown', (event) => {
      if (!(event.key in KEYS)) return;
      event.preventDefault();
      this.#held.add(event.key);
      this.#pointer = undefined;
      this.#touch();
    });
    canvas.addEventListener('keyup', (event) => this.#held.delete(event.key));
    canvas.addEventListener('blur', () => this.#held.clear());
    canvas.addEventListener('pointermove', (event) => {
      const scale = 320 / canvas.clientWidth;
      this.#pointer = { x: event.offsetX * scale, y: event.offsetY * scale };
      this.#touch();
    });
  }

  get isAutomatic(): boolean {
    return this.#held.size === 0 && performance.now() - this.#touchedAt > IDLE_MS;
  }

  /** Where the stick should stand for ship `me`. */
  stick(state: StateFrame, me: number): Stick {
    const ship = state.players.find(({ id }) => id === me);
    if (!ship) return REST;
    if (this.#held.size > 0) return this.#fromKeys();
    if (!this.isAutomatic) return this.#pointer ? towards(ship, this.#pointer) : REST;
    const distance = (coin: Point): number => Math.hypot(coin.x - ship.x, coin.y - ship.y);
    const [nearest] = state.coins.toSorted((a, b) => distance(a) - distance(b));
    return nearest ? towards(ship, nearest) : REST;
  }

  #fromKeys(): Stick {
    let { right, down } = REST;
    for (const key of this.#held) {
      right += KEYS[key]?.right ?? 0;
      down += KEYS[key]?.down ?? 0;
    }
    return { right, down };
  }

  #touch(): void {
    this.#touchedAt = performance.now();
  }
}

/** Full stick towards `goal`; within a few units of it, less. */
function towards(ship: Point, goal: Point): Stick {
  const right = goal.x - ship.x;
  const down = goal.y - ship.y;
  const strength = 127 / Math.max(6, Math.hypot(right, down));
  return { right: Math.round(right * strength), down: Math.round(down * strength) };
}
