import { describe, nativeSend, regExpExec, sourceOf } from './natives.ts';
import { tryRead } from './payload.ts';

/** The function there if it is the browser's and not a Proxy, whose source has no name. */
export function native(owner: object, key: string): typeof WebSocket | undefined {
  const value: unknown = describe(owner, key)?.value;
  const source = tryRead(sourceOf, value) ?? '';
  return regExpExec(/^function \w+\(\) \{\s+\[native/, source) ? (value as typeof WebSocket) : undefined;
}

/**
 * False where a hook is at work. Firefox runs content scripts in the pages that are there when an extension is reloaded. A second
 * hook around the one of before would be of no use. A function that the page has put in the place of `send` is no hook.
 */
export function mayStart(): boolean {
  return (
    document.readyState === 'loading' || !regExpExec(/^function \(\) \{\s+\[native/, sourceOf(nativeSend))
  );
}
