import uPlot from 'uplot';
import type { Overview, OverviewColumn } from '../../model/timeline/overview.ts';
import type { ColourShare } from '../../model/timeline/overview-shares.ts';
import { drawColours } from './colours.ts';
import { drawHoles, drawMarks } from './marks.ts';

/** The drawing of an overview in an element that it fills. */
export interface Chart {
  draw(overview: Overview, shares: readonly ColourShare[]): void;
  destroy(): void;
}

/** The share of the height, beside that of the other direction, that a direction has at least. */
const LEAST_SHARE = 0.4;
/** Place of the area that is drawn last; the lines lie over the colours. */
const LAST_AREA = 2;

/**
 * Messages as areas and bytes as lines, what is received above the middle line and what is sent below. Heights grow with the
 * square root of the amount, so that a few messages are seen beside thousands.
 * @returns undefined where there is no canvas to draw on
 */
export function createChart(host: HTMLElement): Chart | undefined {
  if (!document.createElement('canvas').getContext('2d')) return undefined;
  let columns: readonly OverviewColumn[] = [];
  let shares: readonly ColourShare[] = [];
  const colour = (name: string) => () => getComputedStyle(host).getPropertyValue(`--timeline-${name}`);
  const area = (name: string): uPlot.Series => ({
    scale: 'messages',
    fill: colour(`${name}-area`),
    width: 0,
    points: { show: false },
  });
  const line = (name: string): uPlot.Series => ({
    scale: 'bytes',
    stroke: colour(name),
    width: 1,
    points: { show: false },
  });
  const plot = new uPlot(
    {
      width: host.clientWidth,
      height: host.clientHeight,
      padding: [2, 0, 2, 0],
      legend: { show: false },
      cursor: { show: false },
      axes: [{ show: false }, { show: false }],
      scales: {
        x: { time: false, range: () => [0, Math.max(1, columns.length)] },
        messages: { range: () => rangeOf(plot, 1) },
        bytes: { range: () => rangeOf(plot, 3) },
      },
      series: [{}, area('received'), area('sent'), line('received'), line('sent')],
      hooks: {
        drawClear: [(drawn) => drawHoles(drawn, columns, colour)],
        drawSeries: [
          (drawn, series) => {
            if (series === LAST_AREA) drawColours(drawn, shares, colour);
          },
        ],
        draw: [(drawn) => drawMarks(drawn, columns, colour)],
      },
    },
    [[], [], [], [], []],
    host,
  );
  const redraw = () => plot.redraw(true);
  const resized = new ResizeObserver(() =>
    plot.setSize({ width: host.clientWidth, height: host.clientHeight }),
  );
  resized.observe(host);
  // Colours are those of the moment of drawing.
  const themed = new MutationObserver(redraw);
  themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const schemes = ['(forced-colors: active)', '(prefers-color-scheme: dark)'].map((query) =>
    matchMedia(query),
  );
  for (const scheme of schemes) scheme.addEventListener('change', redraw);
  return {
    draw: (overview, newShares) => {
      ({ columns } = overview);
      shares = newShares;
      plot.setData(dataOf(columns));
    },
    destroy: () => {
      resized.disconnect();
      themed.disconnect();
      for (const scheme of schemes) scheme.removeEventListener('change', redraw);
      plot.destroy();
    },
  };
}

/** Points in the middle of the columns; none where frames are missing and others are not. */
function dataOf(columns: readonly OverviewColumn[]): uPlot.AlignedData {
  const values = (of: (column: OverviewColumn) => number) =>
    columns.map((column) => {
      const value = of(column);
      const isNothing = column.isFolded || (column.isHole && isSilent(column));
      return isNothing ? null : Math.sign(value) * Math.sqrt(Math.abs(value));
    });
  return [
    columns.map((_, index) => index + 0.5),
    values(({ activity }) => activity.received),
    values(({ activity }) => -activity.sent),
    values(({ activity }) => activity.receivedBytes),
    values(({ activity }) => -activity.sentBytes),
  ];
}

function isSilent({ activity }: OverviewColumn): boolean {
  return activity.received + activity.sent === 0;
}

/**
 * From the lowest to the highest value. The middle line of messages and bytes is the same: messages say where it is.
 * @param series the first of the two of a scale
 */
function rangeOf(plot: uPlot, series: number): [number, number] {
  const { data } = plot;
  const up = highest(data[1] ?? []);
  const down = highest(data[2] ?? []);
  const most = Math.max(up, down, 1);
  const [above, below] = [Math.max(up, most * LEAST_SHARE), Math.max(down, most * LEAST_SHARE)];
  const size = Math.max(
    highest(data[series] ?? []) / above,
    highest(data[series + 1] ?? []) / below,
    Number.EPSILON,
  );
  return [-below * size, above * size];
}

function highest(values: ArrayLike<number | null | undefined>): number {
  let most = 0;
  for (let index = 0; index < values.length; index++) most = Math.max(most, Math.abs(values[index] ?? 0));
  return most;
}
