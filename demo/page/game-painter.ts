import type { StateFrame } from '../shared/game-frames.ts';

/** Draws the arena in the colours of the style sheet. */
export class GamePainter {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('2d');
  }

  /** Draws one state; `me` is the number of the user's own ship. */
  paint(state: StateFrame, me: number): void {
    const context = this.#context;
    if (!context) return;
    const scale = this.#fitPixels();
    const style = getComputedStyle(this.#canvas);
    const colour = (name: string): string => style.getPropertyValue(name);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, 320, 180);
    for (const coin of state.coins) disc(context, coin.x, coin.y, 3.5, colour('--coin'));
    for (const player of state.players) {
      disc(context, player.x, player.y, 6, colour(player.id === me ? '--accent' : '--rival'));
      context.fillStyle = colour('--quiet');
      context.font = '8px system-ui, sans-serif';
      context.textAlign = 'center';
      context.fillText(player.id === me ? 'you' : String(player.score), player.x, player.y - 9);
    }
  }

  /** Gives the canvas as many pixels as the screen shows of it; returns pixels for one world unit. */
  #fitPixels(): number {
    const width = Math.round(this.#canvas.clientWidth * devicePixelRatio) || 320;
    if (this.#canvas.width !== width) {
      this.#canvas.width = width;
      this.#canvas.height = Math.round((width * 180) / 320);
    }
    return width / 320;
  }
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number, colour: string): void {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}
