import { decode, encode } from '@msgpack/msgpack';
import { isObject, isWholeNumber, type JsonObject } from './json.ts';

/** The game's messages, which go over the line as MessagePack. */
export type GameFrame = WelcomeFrame | StateFrame | InputFrame;

/** First frame to a player. `width` and `height` are the arena's size in world units. */
export interface WelcomeFrame {
  readonly type: 'welcome';
  readonly player: number;
  readonly width: number;
  readonly height: number;
}

/** The whole world at one tick; a tick is 40 ms. */
export interface StateFrame {
  readonly type: 'state';
  readonly tick: number;
  readonly players: readonly PlayerState[];
  readonly coins: readonly Point[];
}

/** The stick of a player: -127 (left, up) to 127 (right, down) on either axis. */
export interface InputFrame {
  readonly type: 'input';
  readonly sequence: number;
  readonly right: number;
  readonly down: number;
}

/** A place in the arena in world units. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A player as the state frame tells it. */
export interface PlayerState extends Point {
  readonly id: number;
  readonly score: number;
}

/** What the library reads of a message at most: strangers may send one that claims to hold millions of things. */
const LIMITS = { maxArrayLength: 255, maxMapLength: 8, maxStrLength: 16, maxBinLength: 0, maxExtLength: 0 };
const MOST = 2 ** 32 - 1;
const STICK = 127;

/** The bytes of a frame. */
export function encodeGameFrame(frame: GameFrame): Uint8Array<ArrayBuffer> {
  return encode(frame);
}

/** The frame in `bytes`, or undefined when they are not one whole frame. */
export function decodeGameFrame(bytes: Uint8Array): GameFrame | undefined {
  try {
    const value = decode(bytes, LIMITS);
    return isGameFrame(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isGameFrame(value: unknown): value is GameFrame {
  if (!isObject(value)) return false;
  switch (value.type) {
    case 'welcome':
      return haveCounts(value, 'player', 'width', 'height');
    case 'state':
      return (
        haveCounts(value, 'tick') &&
        isListOf(value.players, 'id', 'x', 'y', 'score') &&
        isListOf(value.coins, 'x', 'y')
      );
    case 'input':
      return haveCounts(value, 'sequence') && isStick(value.right) && isStick(value.down);
    default:
      return false;
  }
}

function isListOf(value: unknown, ...names: readonly string[]): boolean {
  return Array.isArray(value) && value.every((item) => isObject(item) && haveCounts(item, ...names));
}

function haveCounts(value: JsonObject, ...names: readonly string[]): boolean {
  return names.every((name) => isWholeNumber(value[name], 0, MOST));
}

function isStick(value: unknown): boolean {
  return isWholeNumber(value, -STICK, STICK);
}
