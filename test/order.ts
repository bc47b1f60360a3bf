import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The end-to-end files that keep the machine busiest, in the order in which they begin. Two run at a time, so the long ones come first, and between two that
 * need both processors (200 frames, 100 MB, streams) there is one that mostly waits. All others follow, the largest first.
 */
const FIRST = [
  'contexts',
  'accessibility',
  'handshake',
  'hostile',
  'firefox-workers',
  'older-pages',
  'keeping-going',
  'reading',
  'faults',
  'finding',
  'acting',
  'driver',
  'frames',
  'spill',
];

/** Vitest itself knows how long files took only where they have been run before, which they have not in a fresh clone. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const others = await super.sort(files);
    return others.sort((a, b) => placeOf(a) - placeOf(b));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const isEndToEnd = /[\\/]e2e[\\/]/.test(moduleId);
  const place = isEndToEnd ? FIRST.indexOf(path.basename(moduleId, '.test.ts')) : -1;
  return place >= 0 ? place : FIRST.length;
}
