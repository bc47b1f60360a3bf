import type { DevtoolsBrowser } from '../scripts/devtools/driver.ts';
import type { BenchServer } from './server.ts';
import type { Figure } from './statistics.ts';

/** What a case is given. */
export interface Stage {
  /** With the extension or the copy of it that the case asks for. */
  readonly browser: DevtoolsBrowser;
  readonly server: BenchServer;
  /** Less of everything, for a quick look. */
  readonly isQuick: boolean;
}

/** `real`: sockets of a real server and the shipped hook, in Chromium or in Firefox; `synthetic`: a hook that makes frames by itself, in Chromium. */
export type Source = 'real' | 'synthetic' | 'firefox';

export interface Case {
  /** By which it can be chosen. */
  readonly name: string;
  readonly source: Source;
  run(stage: Stage): Promise<Figure[]>;
}
