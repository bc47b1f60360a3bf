import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localTimeOfDay } from '../../../../../src/store/query/language/time-of-day.ts';

/** What a `Date` says, without any cache. */
function byDate(time: number): number {
  const date = new Date(time);
  const minutes = date.getHours() * 60 + date.getMinutes();
  return (minutes * 60 + date.getSeconds()) * 1000 + date.getMilliseconds();
}

// Lord Howe Island changes by half an hour, Nepal is three quarters off, Apia once left out a day.
describe.each([
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
])('in %s', (zone) => {
  const before = process.env.TZ;
  beforeEach(() => {
    process.env.TZ = zone;
  });
  afterEach(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  test('agrees with Date', () => {
    const times = fc.double({ min: Date.UTC(2000), max: Date.UTC(2040), noNaN: true });
    fc.assert(
      fc.property(fc.array(times, { minLength: 1 }), (list) => {
        const timeOfDay = localTimeOfDay();
        for (const time of list) expect(timeOfDay(time)).toBe(byDate(time));
      }),
    );
  });

  test('agrees with Date while the clocks change', () => {
    const timeOfDay = localTimeOfDay();
    const days = [Date.UTC(2024, 2, 10), Date.UTC(2024, 2, 31), Date.UTC(2024, 3, 6), Date.UTC(2024, 9, 27)];
    for (const day of days) {
      for (let time = day; time < day + 86_400_000; time += 449_999) {
        expect(timeOfDay(time)).toBe(byDate(time));
      }
    }
  });
});
