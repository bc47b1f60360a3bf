import type { Dock, LaunchOptions } from './driver.ts';

/** The launch options that both browsers share, with their defaults. */
export interface Settings {
  readonly headless: boolean;
  readonly args: readonly string[];
  readonly acceptInsecureCerts: boolean;
  readonly dock: Dock;
  readonly panelPath: string;
  readonly pixelRatio: number;
  readonly installs: 'first' | 'later';
  readonly privateWindows: boolean;
  /** Most milliseconds any one step may take. */
  readonly timeout: number;
}

/** How high DevTools are that are docked at the bottom, in CSS pixels: by default no more than a few frames would be in sight. */
export const DOCKED_HEIGHT = 460;

const DEFAULTS: Settings = {
  headless: true,
  args: [],
  acceptInsecureCerts: false,
  dock: 'window',
  panelPath: 'src/panel/panel.html',
  pixelRatio: 1,
  installs: 'first',
  privateWindows: false,
  timeout: 30_000,
};

/** Launch options with the defaults for what they leave out. */
export function settingsOf(options: LaunchOptions): Settings & LaunchOptions {
  return { ...DEFAULTS, ...options };
}
