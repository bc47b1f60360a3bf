import { defineConfig } from 'vitest/config';

const browserTest = { testTimeout: 60_000, hookTimeout: 120_000, fileParallelism: false, retry: 0 };

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    projects: [
      {
        extends: true,
        // Property tests take seconds, and many times as long on a machine that has other work.
        test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], testTimeout: 60_000 },
      },
      { extends: true, test: { name: 'build', include: ['test/build/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'compatibility', include: ['test/compatibility/**/*.test.ts'], ...browserTest },
      },
      { extends: true, test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], ...browserTest } },
      {
        extends: true,
        // Most of the time both browsers wait, for servers and for each other's pages.
        test: {
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          ...browserTest,
          fileParallelism: true,
          maxWorkers: 2,
        },
      },
    ],
  },
});
