import type { StoreLimits } from '../../../store/frame-store.ts';

const MB = 1_000_000;

/** What one panel may keep: bytes of payloads in memory, bytes on disk, and rows. People can set each. */
export type Limits = Required<StoreLimits>;

export const STANDARD_LIMITS: Limits = { bytes: 128 * MB, disk: 4000 * MB, rows: 10_000_000 };

/** Least and most of each; there is no panel without memory, but one without disk. */
export const LIMIT_RANGES: Readonly<Record<keyof Limits, { readonly least: number; readonly most: number }>> =
  {
    bytes: { least: 8 * MB, most: 2000 * MB },
    disk: { least: 0, most: 100_000 * MB },
    rows: { least: 50_000, most: 20_000_000 },
  };

/** The figure, or what is next to it in the range. */
export function withinRange(name: keyof Limits, figure: number): number {
  const { least, most } = LIMIT_RANGES[name];
  return Math.min(most, Math.max(least, Math.round(figure)));
}
