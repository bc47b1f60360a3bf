import { type HeapProfiler, type Profiler, Session } from 'node:inspector';

/** What some work costs, in figures that are much the same on every machine, however busy it is. */
export interface Effort {
  /** How often functions of `src`, and the blocks within them (loops, branches), have run. What built-in functions do is not seen here. */
  readonly steps: number;
  /** bytes that have been taken from the heap, whether or not they were given back */
  readonly allocated: number;
}

/** bytes of heap between two looks of the engine; from a few hundred looks on it is right to within some percent */
const SAMPLING_INTERVAL = 64;

/** Measures work by what the engine counts. To be made before any of the code has run: the steps of what is compiled by then are not counted. */
export class EffortMeter {
  private readonly session = new Session();

  constructor() {
    this.session.connect();
    this.session.post('Profiler.enable');
    this.session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  measure(work: () => void): Effort {
    this.takeSteps();
    this.session.post('HeapProfiler.startSampling', {
      samplingInterval: SAMPLING_INTERVAL,
      includeObjectsCollectedByMajorGC: true,
      includeObjectsCollectedByMinorGC: true,
    });
    work();
    return { allocated: this.takeAllocated(), steps: this.takeSteps() };
  }

  end(): void {
    this.session.disconnect();
  }

  // Within one thread answers come before `post` returns.

  private takeAllocated(): number {
    let allocated: number | undefined;
    this.session.post('HeapProfiler.stopSampling', (_error, { profile }) => {
      allocated = sizeOf(profile.head);
    });
    if (!allocated) throw new Error('the engine has seen nothing allocated');
    return allocated;
  }

  /** Those since the last time. */
  private takeSteps(): number {
    let steps: number | undefined;
    this.session.post('Profiler.takePreciseCoverage', (_error, { result }) => {
      steps = result
        .filter(({ url }) => url.includes('/src/'))
        .reduce((sum, script) => sum + stepsIn(script), 0);
    });
    if (steps === undefined) throw new Error('the engine has not counted');
    return steps;
  }
}

function stepsIn({ functions }: Profiler.ScriptCoverage): number {
  let steps = 0;
  for (const { ranges } of functions) for (const { count } of ranges) steps += count;
  return steps;
}

function sizeOf({ selfSize, children }: HeapProfiler.SamplingHeapProfileNode): number {
  return children.reduce((sum, child) => sum + sizeOf(child), selfSize);
}
