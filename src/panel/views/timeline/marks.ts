import uPlot from 'uplot';
import type { OverviewColumn } from '../../model/timeline/overview.ts';

/** The colour of a name, as the style sheet has it now. */
type Colour = (name: string) => () => string;

/** px of the screen, as all below */
const DOT = 2.5;
const HATCH = 6;
const LEAST_HOLE = 4;

/** Missing frames as hatched fields, and times that were folded as dotted lines, behind the areas. */
export function drawHoles(plot: uPlot, columns: readonly OverviewColumn[], colour: Colour): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  eachRun(columns, 'isHole', (from, to) => hatch(plot, from, to, colour));
  ctx.strokeStyle = colour('dim')();
  ctx.lineWidth = uPlot.pxRatio;
  ctx.setLineDash([2 * uPlot.pxRatio, 2 * uPlot.pxRatio]);
  eachRun(columns, 'isFolded', (from, to) => {
    vertical(plot, plot.valToPos(from, 'x', true));
    vertical(plot, plot.valToPos(to, 'x', true));
  });
  ctx.restore();
  ctx.fillStyle = colour('axis')();
  ctx.fillRect(bbox.left, Math.round(plot.valToPos(0, 'messages', true)), bbox.width, uPlot.pxRatio);
}

/** What happened to sockets, along the upper edge: a full dot opened, an empty one closed, a line with a cross is an error. */
export function drawMarks(plot: uPlot, columns: readonly OverviewColumn[], colour: Colour): void {
  const { ctx, bbox } = plot;
  const { pxRatio } = uPlot;
  const size = DOT * pxRatio;
  const top = bbox.top + size + pxRatio;
  ctx.save();
  ctx.lineWidth = 1.5 * pxRatio;
  for (const [index, { activity }] of columns.entries()) {
    const { opens, errors, closes } = activity;
    if (opens + errors + closes === 0) continue;
    const x = Math.max(bbox.left + size, plot.valToPos(index + 0.5, 'x', true));
    if (errors > 0) {
      ctx.strokeStyle = colour('error')();
      vertical(plot, x);
      cross(ctx, x, bbox.top + bbox.height - size - pxRatio, size);
    }
    // One that has opened and closed within a column shows both.
    if (closes > 0) circle(ctx, x, top, size, { stroke: colour('close')() });
    if (opens > 0) circle(ctx, x, top, closes > 0 ? size / 2 : size, { fill: colour('open')() });
  }
  ctx.restore();
}

function eachRun(
  columns: readonly OverviewColumn[],
  key: 'isHole' | 'isFolded',
  found: (from: number, to: number) => void,
): void {
  for (let from = 0; from < columns.length; from++) {
    if (!columns[from]?.[key]) continue;
    let to = from + 1;
    while (columns[to]?.[key]) to++;
    found(from, to);
    from = to;
  }
}

function hatch(plot: uPlot, from: number, to: number, colour: Colour): void {
  const { ctx, bbox } = plot;
  const { pxRatio } = uPlot;
  const left = plot.valToPos(from, 'x', true);
  const width = Math.max(plot.valToPos(to, 'x', true) - left, LEAST_HOLE * pxRatio);
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, bbox.top, width, bbox.height);
  ctx.fillStyle = colour('hole')();
  ctx.fill();
  ctx.clip();
  ctx.beginPath();
  for (let x = left - bbox.height; x < left + width; x += HATCH * pxRatio) {
    ctx.moveTo(x, bbox.top + bbox.height);
    ctx.lineTo(x + bbox.height, bbox.top);
  }
  ctx.strokeStyle = colour('hatch')();
  ctx.lineWidth = pxRatio;
  ctx.stroke();
  ctx.restore();
}

function vertical({ ctx, bbox }: uPlot, x: number): void {
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
}

function cross(ctx: CanvasRenderingContext2D, x: number, y: number, size: number): void {
  ctx.beginPath();
  ctx.moveTo(x - size, y - size);
  ctx.lineTo(x + size, y + size);
  ctx.moveTo(x - size, y + size);
  ctx.lineTo(x + size, y - size);
  ctx.stroke();
}

function circle(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  radius: number,
  { fill, stroke }: { readonly fill?: string; readonly stroke?: string },
): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  if (fill !== undefined) {
    ctx.fillStyle = fill;
    ctx.fill();
  }
  if (stroke !== undefined) {
    ctx.strokeStyle = stroke;
    ctx.stroke();
  }
}
