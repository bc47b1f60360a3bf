import { describe, expect, it } from 'vitest';
import { callSource, EvaluationError, readOutcome } from '../../../../scripts/devtools/source.ts';

/** What a browser does with the source, done here. */
function evaluate(source: string): Promise<unknown> {
  // biome-ignore lint/security/noGlobalEval: the source is this test's own
  return globalThis.eval(source) as Promise<unknown>;
}

describe('functions passed by source', () => {
  it('get their arguments and give their result through JSON', async () => {
    const join = async (a: string, b: { c: number[] }, d: null) => ({ joined: `${a}${b.c}${d}` });
    const source = callSource(join, ['"\u2028\\`$', { c: [1, 2] }, null]);
    expect(readOutcome(await evaluate(source))).toEqual({ joined: '"\u2028\\`$1,2null' });
  });

  it('may leave arguments and the result undefined', async () => {
    const second = (_a: unknown, b: unknown) => b;
    expect(readOutcome(await evaluate(callSource(second, [1, undefined])))).toBeUndefined();
    expect(readOutcome(await evaluate(callSource(second, [undefined, 2])))).toBe(2);
  });

  it('may call the helpers that go with them', async () => {
    function twice(n: number): number {
      return 2 * n;
    }
    function fourTimes(n: number): number {
      return twice(twice(n));
    }
    expect(readOutcome(await evaluate(callSource(fourTimes, [3], [twice])))).toBe(12);
  });

  it('may have been compiled to use the name helper of esbuild', async () => {
    const compiled = {
      toString: () => '(x) => { const inner = __name(() => x + 1, "inner"); return inner(); }',
    };
    expect(readOutcome(await evaluate(callSource(compiled as () => void, [1])))).toBe(2);
  });

  it('throw here what they throw there', async () => {
    function explode(): never {
      throw new RangeError('too far');
    }
    const outcome = await evaluate(callSource(explode, []));
    expect(() => readOutcome(outcome)).toThrow(EvaluationError);
    expect(() => readOutcome(outcome)).toThrow('RangeError: too far');
    const error = (() => {
      try {
        return readOutcome(outcome);
      } catch (thrown) {
        return thrown as Error;
      }
    })();
    expect(error).toHaveProperty(
      'stack',
      expect.stringMatching(/RangeError: too far\n\s+at explode[\s\S]*evaluated by/),
    );
  });

  it('may throw anything at all', async () => {
    const text = await evaluate(
      callSource(() => {
        throw 'a string';
      }, []),
    );
    expect(() => readOutcome(text)).toThrow('a string');
    const nothing = await evaluate(callSource(() => Promise.reject(), []));
    expect(() => readOutcome(nothing)).toThrow('undefined');
  });

  it('say so when their result does not survive JSON', async () => {
    const circular = () => {
      const self: { self?: unknown } = {};
      self.self = self;
      return self;
    };
    const outcome = await evaluate(callSource(circular, []));
    expect(() => readOutcome(outcome)).toThrow('circular');
    expect(() => readOutcome(undefined)).toThrow(EvaluationError);
  });
});
