import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Says something in the place of a list. Where it is too low for that and has no button, the keyboard comes to it to scroll it. */
export function EmptyBox({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const [needsKeys, setNeedsKeys] = useState(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() =>
      setNeedsKeys(element.scrollHeight > element.clientHeight && !element.querySelector('button')),
    );
    // What it says may become longer while it stays as high as it is.
    for (const each of [element, ...element.children]) observer.observe(each);
    return () => observer.disconnect();
  }, [children]);
  return (
    <div ref={box} class="empty" role="note" tabIndex={needsKeys ? 0 : undefined}>
      {children}
    </div>
  );
}
