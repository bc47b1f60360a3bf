import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/order.ts';

/** Two browsers at a time: each waits now and then, for servers and for the other one's pages. Never more, so that none is starved. */
const browserTest = {
  globalSetup: 'test/e2e/helpers/setup.ts',
  // A test has several waits, each of which may take its time on a machine that has other work.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  maxWorkers: 2,
  retry: 0,
};

/** Vitest leaves one processor alone, also where there are only two. */
const WORKERS = Math.max(2, availableParallelism() - 1);

/** Property tests take seconds, and many times as long on a machine that has other work. */
const unitTest = {
  setupFiles: 'test/unit/helpers/property-limits.ts',
  testTimeout: 60_000,
  hookTimeout: 60_000,
  maxWorkers: WORKERS,
};

/**
 * Tests of code that needs no document. Their files share the modules of a worker, because loading those for each file takes
 * as long as the tests themselves.
 */
const PURE = [
  'test/unit/{decoders,demo,formats,protocol,scripts/{browsers,build,tools},store,workers}/**/*.test.ts',
  'test/unit/panel/{styles,words,worker}/**/*.test.ts',
  'test/unit/panel/views/**/!(find-marks|row-pool).test.ts',
  'test/unit/panel/commands/!(frame-actions).test.ts',
  'test/unit/panel/model/{*,!(composer)/**/*}.test.ts',
  'test/unit/panel/model/composer/!(keeping).test.ts',
  // How much work a batch is gets counted where nothing else has been loaded.
  'test/unit/panel/session/{*,{documents,files,network}/**/*,recording/!(ingest-cost)}.test.ts',
];

/** Tests of views, each file in a document of its own, with shared modules. Not those where nothing may be loaded yet, or an editor may know another document. */
const VIEWS = ['test/unit/panel/views/**/!(commands|dropping|frame-cells).test.tsx'];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    // A condition that does not come true within a second can still do so on a machine that has other work.
    expect: { poll: { timeout: 30_000 } },
    // The end of a run says again what failed (scripts/test.ts): forty characters of two values would not do.
    chaiConfig: { truncateThreshold: 1000 },
    // Of long values, what differs.
    diff: { expand: false, contextLines: 2 },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          ...unitTest,
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          exclude: [...PURE, ...VIEWS],
        },
      },
      {
        extends: true,
        test: {
          ...unitTest,
          name: 'unit-views',
          include: VIEWS,
          setupFiles: [
            unitTest.setupFiles,
            'test/unit/helpers/leave-nothing.ts',
            'test/unit/helpers/leave-no-view.ts',
          ],
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          ...unitTest,
          name: 'unit-pure',
          include: PURE,
          setupFiles: [unitTest.setupFiles, 'test/unit/helpers/leave-nothing.ts'],
          isolate: false,
          sequence: { groupOrder: 2 },
        },
      },
      { extends: true, test: { name: 'build', include: ['test/build/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'compatibility', include: ['test/compatibility/**/*.test.ts'], ...browserTest },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          ...browserTest,
          // The files that a worker runs share its browsers (test/e2e/helpers/browser-pool.ts).
          isolate: false,
        },
      },
      // What takes a minute of waiting: it runs beside what needs the processors (scripts/test.ts).
      { extends: true, test: { name: 'slow', include: ['test/slow/**/*.test.ts'], ...browserTest } },
      {
        extends: true,
        test: { name: 'conformance', include: ['test/conformance/**/*.test.ts'], ...browserTest },
      },
    ],
  },
});
