import type { DetailPlace } from '../settings/schema.ts';

/** px; as in the style sheets. Panes stand one below the other; a window that is low as well has no height for that. */
export const NARROW = '(max-width: 560px), (max-width: 760px) and (min-height: 421px)';
/** Beside the frames there is no room for the detail, and below them there is. */
export const HAS_ROOM_BELOW = '(max-width: 1099px) and (min-height: 421px)';

/** Whether the detail stands below the frames. */
export function isDetailBelow(place: DetailPlace): boolean {
  return place === 'auto' ? matchMedia(HAS_ROOM_BELOW).matches : place === 'below';
}
