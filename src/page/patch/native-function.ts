import { tryRead } from '../capture/payload.ts';
import { describe, nativeClose, regExpExec, sourceOf } from '../natives/natives.ts';

/** The function under that key if it is native and not a Proxy (the source of a Proxy has no function name). */
export function native(owner: object, key: string): typeof WebSocket | undefined {
  const value: unknown = describe(owner, key)?.value;
  const source = tryRead(sourceOf, value) ?? '';
  return regExpExec(/^function \w+\(\) \{\s+\[native/, source) ? (value as typeof WebSocket) : undefined;
}

/**
 * False if a hook is already active. Firefox runs content scripts in all open pages when an extension is reloaded, and a second hook
 * around the first would be useless. The check looks at `close`: a hook has replaced it, while pages and their tools wrap, bind or
 * proxy `send` and hardly ever `close`.
 */
export function mayStart(): boolean {
  return (
    document.readyState === 'loading' || !regExpExec(/^function \(\) \{\s+\[native/, sourceOf(nativeClose))
  );
}
