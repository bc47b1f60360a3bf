import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** A text in the place of a list. If the box is too low for its text and has no button, it can be focused, so that keys scroll it. */
export function EmptyBox({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [needsKeys, setNeedsKeys] = useState(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() =>
      setNeedsKeys(element.scrollHeight > element.clientHeight && !element.querySelector('button')),
    );
    // Its text may grow while its height stays the same.
    for (const each of [element, ...element.children]) observer.observe(each);
    return () => observer.disconnect();
  }, [children]);
  return (
    <div ref={box} class="empty" role="note" tabIndex={needsKeys ? 0 : undefined}>
      {children}
    </div>
  );
}
