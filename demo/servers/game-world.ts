import type { PlayerState, Point, StateFrame } from '../shared/game-frames.ts';

/** Size of the arena in world units. */
export const ARENA = { width: 320, height: 180 } as const;
/** Time between two states, in milliseconds. */
export const TICK_MS = 40;
/** Players a byte can number. */
const MAX_PLAYERS = 200;

const MARGIN = 8;
const REACH = 9;
const COINS = 6;
const BOTS = 3;
/** World units a tick at full stick. */
const SPEED = 3.2;

interface Ship {
  readonly id: number;
  readonly bot: boolean;
  x: number;
  y: number;
  right: number;
  down: number;
  score: number;
}

/** The arena: ships that collect coins, some of them steered by the server. */
export class GameWorld {
  readonly #ships = new Map<number, Ship>();
  #coins: Point[] = Array.from({ length: COINS }, randomPoint);
  #tick = 0;

  constructor() {
    for (let bot = 0; bot < BOTS; bot += 1) this.#addShip(true);
  }

  /** Adds a player's ship and returns its number, or undefined when the arena is full. */
  join(): number | undefined {
    return this.#ships.size < MAX_PLAYERS ? this.#addShip(false) : undefined;
  }

  leave(id: number): void {
    this.#ships.delete(id);
  }

  /** Sets a ship's stick, -127 to 127 on either axis. */
  steer(id: number, right: number, down: number): void {
    const ship = this.#ships.get(id);
    if (ship !== undefined) Object.assign(ship, { right: right / 127, down: down / 127 });
  }

  /** Moves the world on by one tick. */
  advance(): void {
    this.#tick += 1;
    for (const ship of this.#ships.values()) {
      if (ship.bot) chase(ship, this.#coins);
      move(ship);
      this.#collect(ship);
    }
  }

  /** The world now, in whole world units. */
  state(): StateFrame {
    const players: PlayerState[] = [...this.#ships.values()].map(({ id, x, y, score }) => ({
      id,
      x: Math.round(x),
      y: Math.round(y),
      score,
    }));
    return { type: 'state', tick: this.#tick, players, coins: this.#coins };
  }

  #addShip(bot: boolean): number {
    let id = 1;
    while (this.#ships.has(id)) id += 1;
    this.#ships.set(id, { id, bot, ...randomPoint(), right: 0, down: 0, score: 0 });
    return id;
  }

  #collect(ship: Ship): void {
    this.#coins = this.#coins.map((coin) => {
      if (Math.hypot(coin.x - ship.x, coin.y - ship.y) > REACH) return coin;
      ship.score += 1;
      return randomPoint();
    });
  }
}

function move(ship: Ship): void {
  const length = Math.max(1, Math.hypot(ship.right, ship.down));
  ship.x = clamp(ship.x + (ship.right / length) * SPEED, ARENA.width);
  ship.y = clamp(ship.y + (ship.down / length) * SPEED, ARENA.height);
}

/** Bots fly at half speed and each has its eye on another coin, so that people can win. */
function chase(ship: Ship, coins: readonly Point[]): void {
  const coin = coins[ship.id % coins.length];
  if (coin === undefined) return;
  const distance = Math.max(1, Math.hypot(coin.x - ship.x, coin.y - ship.y));
  ship.right = (0.5 * (coin.x - ship.x)) / distance;
  ship.down = (0.5 * (coin.y - ship.y)) / distance;
}

function clamp(value: number, size: number): number {
  return Math.min(size - MARGIN, Math.max(MARGIN, value));
}

function randomPoint(): Point {
  return {
    x: Math.round(MARGIN + Math.random() * (ARENA.width - 2 * MARGIN)),
    y: Math.round(MARGIN + Math.random() * (ARENA.height - 2 * MARGIN)),
  };
}
