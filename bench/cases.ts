import type { Case } from './case.ts';
import { burst } from './cases/burst.ts';
import { disk } from './cases/disk.ts';
import { filter } from './cases/filter.ts';
import { firefox } from './cases/firefox.ts';
import { growth } from './cases/growth.ts';
import { hour } from './cases/hour.ts';
import { json } from './cases/json.ts';
import { late } from './cases/late.ts';
import { memory } from './cases/memory.ts';
import { panelOpen, panelShut } from './cases/page-cost.ts';
import { paint } from './cases/paint.ts';
import { scroll } from './cases/scroll.ts';
import { sizes } from './cases/sizes.ts';
import { start } from './cases/start.ts';
import { throughput } from './cases/throughput.ts';

export const CASES: readonly Case[] = [
  { name: 'sizes', source: 'real', run: () => sizes() },
  { name: 'start', source: 'real', run: start },
  { name: 'shut', source: 'real', run: panelShut },
  { name: 'open', source: 'real', run: panelOpen },
  { name: 'paint', source: 'real', run: paint },
  { name: 'burst', source: 'real', run: burst },
  { name: 'firefox', source: 'firefox', run: firefox },
  { name: 'throughput', source: 'synthetic', run: throughput },
  { name: 'late', source: 'synthetic', run: late },
  { name: 'memory', source: 'synthetic', run: memory },
  { name: 'scroll', source: 'synthetic', run: scroll },
  { name: 'filter', source: 'synthetic', run: filter },
  { name: 'disk', source: 'synthetic', run: disk },
  { name: 'json', source: 'synthetic', run: json },
  { name: 'hour', source: 'synthetic', run: hour },
  { name: 'growth', source: 'synthetic', run: growth },
];
