import { useLayoutEffect } from 'preact/hooks';

/** What is about to go passes the focus on to the list of frames, instead of taking it along. */
export function usePassingFocusOn(place: { readonly current: Element | null }): void {
  useLayoutEffect(
    () => () => {
      if (place.current?.contains(document.activeElement))
        document.querySelector<HTMLElement>('[role=grid]')?.focus();
    },
    [place],
  );
}
