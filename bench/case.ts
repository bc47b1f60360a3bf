import type { DevtoolsBrowser } from '../scripts/devtools/driver.ts';
import type { BenchServer } from './server.ts';
import type { Figure } from './statistics.ts';

/** What a case is given. */
export interface Stage {
  /** Of Chromium, with the extension or the copy of it that the case asks for. */
  readonly browser: DevtoolsBrowser;
  readonly server: BenchServer;
  /** Less of everything, for a quick look. */
  readonly isQuick: boolean;
}

export interface Case {
  /** By which it can be chosen. */
  readonly name: string;
  /** `real`: sockets of a real server and the shipped hook; `synthetic`: a hook that makes frames by itself. */
  readonly source: 'real' | 'synthetic';
  run(stage: Stage): Promise<Figure[]>;
}
