import type { DevtoolsBrowser } from '../scripts/devtools/driver.ts';
import { burst } from './cases/burst.ts';
import { filter } from './cases/filter.ts';
import { growth } from './cases/growth.ts';
import { hour } from './cases/hour.ts';
import { late } from './cases/late.ts';
import { memory } from './cases/memory.ts';
import { panelOpen, panelShut } from './cases/page-cost.ts';
import { scroll } from './cases/scroll.ts';
import { sizes } from './cases/sizes.ts';
import { throughput } from './cases/throughput.ts';
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

export const CASES: readonly Case[] = [
  { name: 'sizes', source: 'real', run: () => sizes() },
  { name: 'shut', source: 'real', run: panelShut },
  { name: 'open', source: 'real', run: panelOpen },
  { name: 'burst', source: 'real', run: burst },
  { name: 'throughput', source: 'synthetic', run: throughput },
  { name: 'late', source: 'synthetic', run: late },
  { name: 'memory', source: 'synthetic', run: memory },
  { name: 'scroll', source: 'synthetic', run: scroll },
  { name: 'filter', source: 'synthetic', run: filter },
  { name: 'hour', source: 'synthetic', run: hour },
  { name: 'growth', source: 'synthetic', run: growth },
];
