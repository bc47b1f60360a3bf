/**
 * The game's binary frames. The first byte is the kind; numbers are big-endian.
 *
 *     1 welcome  u8 player, u16 width, u16 height
 *     2 state    u32 tick, u8 players, u8 coins, players × (u8 id, u16 x, u16 y, u16 score), coins × (u16 x, u16 y)
 *     3 input    u32 sequence, i8 right, i8 down
 */
export type GameFrame = WelcomeFrame | StateFrame | InputFrame;

/** First frame to a player. `width` and `height` are the arena's size in world units. */
export interface WelcomeFrame {
  readonly kind: 'welcome';
  readonly player: number;
  readonly width: number;
  readonly height: number;
}

/** The whole world at one tick; a tick is 40 ms. */
export interface StateFrame {
  readonly kind: 'state';
  readonly tick: number;
  readonly players: readonly PlayerState[];
  readonly coins: readonly Point[];
}

/** The stick of a player: -127 (left, up) to 127 (right, down) on either axis. */
export interface InputFrame {
  readonly kind: 'input';
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

const KIND = { welcome: 1, state: 2, input: 3 } as const;
const STATE_HEADER = 7;
const PLAYER_BYTES = 7;
const COIN_BYTES = 4;

/** The bytes of a frame. */
export function encodeGameFrame(frame: GameFrame): Uint8Array<ArrayBuffer> {
  switch (frame.kind) {
    case 'welcome':
      return encodeWelcome(frame);
    case 'state':
      return encodeState(frame);
    case 'input':
      return encodeInput(frame);
  }
}

/** The frame in `bytes`, or undefined when they are not one whole frame. */
export function decodeGameFrame(bytes: Uint8Array): GameFrame | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes[0] === KIND.welcome && bytes.length === 6) {
    return { kind: 'welcome', player: view.getUint8(1), width: view.getUint16(2), height: view.getUint16(4) };
  }
  if (bytes[0] === KIND.input && bytes.length === 7) {
    return { kind: 'input', sequence: view.getUint32(1), right: view.getInt8(5), down: view.getInt8(6) };
  }
  if (bytes[0] === KIND.state && bytes.length >= STATE_HEADER) return decodeState(view);
  return undefined;
}

function encodeWelcome(frame: WelcomeFrame): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(6));
  view.setUint8(0, KIND.welcome);
  view.setUint8(1, frame.player);
  view.setUint16(2, frame.width);
  view.setUint16(4, frame.height);
  return new Uint8Array(view.buffer);
}

function encodeInput(frame: InputFrame): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(7));
  view.setUint8(0, KIND.input);
  view.setUint32(1, frame.sequence);
  view.setInt8(5, frame.right);
  view.setInt8(6, frame.down);
  return new Uint8Array(view.buffer);
}

function encodeState(frame: StateFrame): Uint8Array<ArrayBuffer> {
  const coinsAt = STATE_HEADER + frame.players.length * PLAYER_BYTES;
  const view = new DataView(new ArrayBuffer(coinsAt + frame.coins.length * COIN_BYTES));
  view.setUint8(0, KIND.state);
  view.setUint32(1, frame.tick);
  view.setUint8(5, frame.players.length);
  view.setUint8(6, frame.coins.length);
  frame.players.forEach((player, index) => {
    const at = STATE_HEADER + index * PLAYER_BYTES;
    view.setUint8(at, player.id);
    view.setUint16(at + 1, player.x);
    view.setUint16(at + 3, player.y);
    view.setUint16(at + 5, player.score);
  });
  frame.coins.forEach((coin, index) => {
    view.setUint16(coinsAt + index * COIN_BYTES, coin.x);
    view.setUint16(coinsAt + index * COIN_BYTES + 2, coin.y);
  });
  return new Uint8Array(view.buffer);
}

function decodeState(view: DataView): StateFrame | undefined {
  const playerCount = view.getUint8(5);
  const coinCount = view.getUint8(6);
  const coinsAt = STATE_HEADER + playerCount * PLAYER_BYTES;
  if (view.byteLength !== coinsAt + coinCount * COIN_BYTES) return undefined;
  const players = Array.from({ length: playerCount }, (_, index) => {
    const at = STATE_HEADER + index * PLAYER_BYTES;
    return {
      id: view.getUint8(at),
      x: view.getUint16(at + 1),
      y: view.getUint16(at + 3),
      score: view.getUint16(at + 5),
    };
  });
  const coins = Array.from({ length: coinCount }, (_, index) => {
    const at = coinsAt + index * COIN_BYTES;
    return { x: view.getUint16(at), y: view.getUint16(at + 2) };
  });
  return { kind: 'state', tick: view.getUint32(1), players, coins };
}
