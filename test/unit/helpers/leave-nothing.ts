import { afterAll, vi } from 'vitest';

/** For files that share modules, one after the other: what one has put in the place of globals, timers or methods is not there in the next. */
afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});
