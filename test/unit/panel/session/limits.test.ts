import { describe, expect, test } from 'vitest';
import { readLimits, STANDARD_LIMITS } from '../../../../src/panel/session/limits.ts';

const MB = 1_000_000;

describe('limits that are remembered', () => {
  test.each([undefined, null, 'x', [], {}, { bytes: 'many', disk: Number.NaN, rows: null }])(
    'as %j are the standard ones',
    (value) => {
      expect(readLimits(value)).toEqual(STANDARD_LIMITS);
    },
  );

  test('hold as far as they make sense', () => {
    expect(readLimits({ bytes: 64 * MB, disk: 0 })).toEqual({ ...STANDARD_LIMITS, bytes: 64 * MB, disk: 0 });
    expect(readLimits({ bytes: -1, disk: 1e300, rows: 1 })).toEqual({
      bytes: 8 * MB,
      disk: 100_000 * MB,
      rows: 50_000,
    });
  });
});
