/** A function that is only ever turned into its source text. */
// biome-ignore lint/complexity/noBannedTypes: whatever its parameters are
export type Helper = Function;

/** An error thrown by a function that was evaluated in a browser; its stack starts with the one from there. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
}

/**
 * The source text of an expression that calls a function in a browser and gives a promise of its outcome as JSON text,
 * to be read by {@link readOutcome}. It never rejects.
 * @param fn is passed by its source: it must not use anything from around it but `helpers`
 * @param args survive JSON
 * @param helpers named functions that `fn` and each other may call
 */
export function callSource(fn: Helper, args: readonly unknown[], helpers: readonly Helper[] = []): string {
  const list = args.map((arg) => JSON.stringify(arg) ?? 'undefined').join(', ');
  // Compilers rewrite functions to use helpers of theirs, which do not exist in the browser: esbuild's keepNames and
  // Vite's dynamic import.
  return `(async () => {
  const __name = (f) => f;
  const __vite_ssr_dynamic_import__ = (module) => import(module);
  ${helpers.join('\n')}
  try {
    return JSON.stringify({ value: await (${fn})(${list}) });
  } catch (error) {
    return JSON.stringify({ error: { message: String(error), stack: String(error?.stack ?? '') } });
  }
})()`;
}

/**
 * The value of an evaluation from the JSON text that {@link callSource} gave.
 * @throws {EvaluationError} when the function threw
 */
export function readOutcome<T>(outcome: unknown): T {
  if (typeof outcome !== 'string')
    throw new EvaluationError(`No outcome of an evaluation: ${String(outcome)}`);
  const { value, error } = JSON.parse(outcome) as { value: T; error?: { message: string; stack: string } };
  if (!error) return value;
  const thrown = new EvaluationError(error.message);
  // Firefox's stacks lack the message that Chromium's begin with.
  const remote = error.stack.includes(error.message) ? error.stack : `${error.message}\n${error.stack}`;
  thrown.stack = `${remote.trimEnd()}\nevaluated by ${thrown.stack?.replace(/^.*\n/, '\n') ?? ''}`;
  throw thrown;
}

/** Evaluates an expression that gives a promise of text. */
export type EvaluateSource = (source: string) => Promise<unknown>;

/**
 * Calls a function in a browser and returns what it gives.
 * @throws {EvaluationError} when the function throws
 */
export async function evaluateIn<T>(
  evaluateSource: EvaluateSource,
  fn: Helper,
  args: readonly unknown[],
  helpers: readonly Helper[] = [],
): Promise<T> {
  return readOutcome<T>(await evaluateSource(callSource(fn, args, helpers)));
}
