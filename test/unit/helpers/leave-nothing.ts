import { afterAll, vi } from 'vitest';

/*
 * For files that share modules, one after the other: what one has put in the place of globals, timers or methods is not there in the next, nor do
 * timers go on that its code has left running. Those would set others, among what the next file counts.
 */

type Timer = ReturnType<typeof setTimeout>;

const running = new Set<Timer>();
const { setTimeout, setInterval } = globalThis;

function noting<Start extends typeof setTimeout | typeof setInterval>(start: Start): Start {
  return new Proxy(start, {
    apply(target, self, args) {
      const timer = Reflect.apply(target, self, args) as Timer;
      running.add(timer);
      return timer;
    },
  });
}

globalThis.setTimeout = noting(setTimeout);
globalThis.setInterval = noting(setInterval);

afterAll(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  Object.assign(globalThis, { setTimeout, setInterval });
  for (const timer of running) clearTimeout(timer);
});
