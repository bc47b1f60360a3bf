import type uPlot from 'uplot';
import type { ColourShare } from '../../model/timeline/overview-shares.ts';

/** Places of the areas among the data of the plot. */
const RECEIVED = 1;
const SENT = 2;

/**
 * Divides the areas by the colours of sockets: from the middle line on, one upon the other, each as high as its share of the
 * messages. What is left is of sockets without a colour.
 */
export function drawColours(
  plot: uPlot,
  shares: readonly ColourShare[],
  colour: (name: string) => () => string,
): void {
  for (const [series, way] of [
    [RECEIVED, 'received'],
    [SENT, 'sent'],
  ] as const) {
    const below = new Float64Array(plot.data[series]?.length ?? 0);
    for (const share of shares) {
      plot.ctx.fillStyle = colour(share.colour)();
      drawLayer(plot, plot.data[series] ?? [], share[way], below);
    }
  }
}

/** @param below how much of each point is taken by the layers under it; what this one takes is added */
function drawLayer(
  plot: uPlot,
  points: ArrayLike<number | null | undefined>,
  shares: readonly number[],
  below: Float64Array,
): void {
  const from = below.slice();
  for (let index = 0; index < below.length; index++)
    below[index] = Math.min(1, (below[index] ?? 0) + (shares[index] ?? 0));
  for (let start = 0; start < points.length; start++) {
    let end = start;
    while (isPoint(points, end)) end++;
    if (end > start) fillBetween(plot, points, { start, end }, from, below);
    start = end;
  }
}

/** Between two lines through the points of a run. */
function fillBetween(
  plot: uPlot,
  points: ArrayLike<number | null | undefined>,
  { start, end }: { readonly start: number; readonly end: number },
  low: Float64Array,
  high: Float64Array,
): void {
  const { ctx } = plot;
  const line = (index: number, shares: Float64Array) =>
    ctx.lineTo(
      plot.valToPos(index + 0.5, 'x', true),
      plot.valToPos((points[index] ?? 0) * (shares[index] ?? 0), 'messages', true),
    );
  ctx.beginPath();
  for (let index = start; index < end; index++) line(index, high);
  for (let index = end - 1; index >= start; index--) line(index, low);
  ctx.closePath();
  ctx.fill();
}

function isPoint(points: ArrayLike<number | null | undefined>, index: number): boolean {
  return typeof points[index] === 'number';
}
