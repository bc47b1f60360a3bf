import type { JSX } from 'preact';

const WIDTH = 54;
const HEIGHT = 14;

/** Frames of each of the last seconds as a curve. The rate stands beside it in words. */
export function Sparkline({ counts }: { readonly counts: readonly number[] }): JSX.Element {
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      aria-hidden="true"
    >
      <path d={curveOf(counts)} fill="none" stroke="currentColor" />
    </svg>
  );
}

/** From the lower left; heights grow with the square root, so that a few frames are seen beside a flood. */
function curveOf(counts: readonly number[]): string {
  const most = Math.sqrt(Math.max(1, ...counts));
  const step = WIDTH / Math.max(1, counts.length - 1);
  const points = counts.map((count, index) => {
    const height = HEIGHT - 1 - (Math.sqrt(count) / most) * (HEIGHT - 2);
    return `${(index * step).toFixed(1)} ${height.toFixed(1)}`;
  });
  return `M${points.join('L')}`;
}
