import { describe, expect, it } from 'vitest';
import { TimeoutError, until, within } from '../../../../scripts/devtools/poll.ts';

describe('bounded waits', () => {
  it('look until there is something', async () => {
    let looks = 0;
    const seen = await until(
      () => (++looks === 3 ? 'third' : undefined),
      5_000,
      () => 'unused',
    );
    expect(seen).toBe('third');
  });

  it('give up with the complaint and the time waited', async () => {
    const waiting = until(
      () => false,
      60,
      async () => 'Nothing came',
    );
    await expect(waiting).rejects.toThrow(TimeoutError);
    await expect(waiting).rejects.toThrow('Nothing came (waited 60 ms)');
  });

  it('end at once when looking fails', async () => {
    let looks = 0;
    const waiting = until(
      () => {
        looks++;
        throw new Error('blind');
      },
      5_000,
      () => 'unused',
    );
    await expect(waiting).rejects.toThrow('blind');
    expect(looks).toBe(1);
  });

  it('pass on what the work gives or throws', async () => {
    expect(await within(1_000, 'work', Promise.resolve(7))).toBe(7);
    await expect(within(1_000, 'work', Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  });

  it('say what could not be done in time', async () => {
    const stuck = within(30, 'open the panel', new Promise(() => {}));
    await expect(stuck).rejects.toThrow('Could not open the panel within 30 ms');
  });
});
