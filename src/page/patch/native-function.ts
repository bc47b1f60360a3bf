import { tryRead } from '../capture/payload.ts';
import { apply, describe, nativeClose, regExpExec, sourceOf, substring } from '../natives/natives.ts';

/**
 * True for a function of the browser: the source of a Proxy has no function name, and a page can give a function another name only.
 * No expression is matched: `RegExp.$1` and its like would tell the page that adds a frame.
 */
export function isNative<Value>(value: Value | undefined, name: string): value is Value {
  const ofApply = sourceOf(apply);
  return tryRead(sourceOf, value) === `function ${name}${substring(ofApply, 'function apply'.length)}`;
}

/** The function under that key if it is native. */
export function native<Wanted>(owner: object, key: string): Wanted | undefined {
  const value: Wanted | undefined = describe(owner, key)?.value;
  return isNative(value, key) ? value : undefined;
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
