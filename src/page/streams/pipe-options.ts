import { bare } from '../natives/natives.ts';

/** An object, which may also be a function. */
export function isObject(value: unknown): value is object {
  return typeof value === 'function' || (typeof value === 'object' && value !== null);
}

/** The options of a pipe, read as the browser reads them: once and in this order, as a page may have getters there. */
export function optionsOf(options: unknown): StreamPipeOptions | undefined {
  if (!isObject(options)) return undefined;
  try {
    const { preventAbort, preventCancel, preventClose, signal } = options as StreamPipeOptions;
    return bare({ preventAbort, preventCancel, preventClose, signal }) as StreamPipeOptions;
  } catch (error) {
    return bare({
      preventCancel: true,
      get preventAbort(): never {
        throw error;
      },
    });
  }
}
