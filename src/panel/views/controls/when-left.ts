import { useEffect } from 'preact/hooks';

/**
 * Tells when what has opened over the panel is left: by a press or with the focus elsewhere, which it would go on covering.
 * A dialog over all of it takes the focus for a while and gives it back.
 * @param isWithin whether something belongs to it, such as the button that opens it
 * @returns ends this
 */
export function whenLeft(isWithin: (place: Element) => boolean, leave: () => void): () => void {
  const over = new AbortController();
  const onLeave = ({ target }: Event) => {
    if (target instanceof Element && !isWithin(target) && !target.closest('dialog')) leave();
  };
  for (const type of ['mousedown', 'focusin'])
    addEventListener(type, onLeave, { capture: true, signal: over.signal });
  return () => over.abort();
}

/** Hides the popover around an element once it is left, if there is one around it. */
export function useHidingPopover(inside: { readonly current: Element | null }): void {
  useEffect(() => {
    const popover = inside.current?.closest<HTMLElement>('[popover]');
    if (!popover) return undefined;
    const openers = `[popovertarget="${popover.id}"]`;
    return whenLeft(
      (place) => popover.contains(place) || place.closest(openers) !== null,
      () => popover.hidePopover(),
    );
  }, [inside]);
}
