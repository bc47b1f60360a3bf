import type { DetailPlace } from '../../settings/schema.ts';

/** A media query with the px of the style sheets: panes are stacked in a narrow window, unless it is too low for that. */
export const NARROW = '(max-width: 560px), (max-width: 760px) and (min-height: 421px)';
/** There is no room for the detail beside the frames, but there is below them. */
export const HAS_ROOM_BELOW = '(max-width: 1099px) and (min-height: 421px)';

/** Whether the detail is shown below the frames. */
export function isDetailBelow(place: DetailPlace): boolean {
  return place === 'auto' ? matchMedia(HAS_ROOM_BELOW).matches : place === 'below';
}
