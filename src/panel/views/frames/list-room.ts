import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** px up to which some columns give way, and up to which more of them do */
const LITTLE = 540;
const LEAST = 340;

/**
 * A class for the style sheet: how much room the list has. A container query would say the same, but with one around its rows Chrome takes
 * 2 ms longer for each layout of the list, and there are two in a picture that adds rows.
 */
export function useListRoom(list: RefObject<HTMLElement | null>): string {
  const [room, setRoom] = useState('');
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    // Told after the layout and before the picture, so that no picture shows the columns without it.
    const observer = new ResizeObserver(() => setRoom(roomOf(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return room;
}

function roomOf(width: number): string {
  if (width === 0 || width > LITTLE) return ''; // none at all: it is not shown
  return width > LEAST ? ' has-little-room' : ' has-little-room has-least-room';
}
