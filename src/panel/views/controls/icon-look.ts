/** The look of all icons: an outline in a square of 16 px, in the colour of the surrounding text. */
export const ICON_ATTRIBUTES = {
  class: 'icon',
  viewBox: '0 0 16 16',
  width: '16',
  height: '16',
} as const;

export const OUTLINE_ATTRIBUTES = {
  fill: 'none',
  stroke: 'currentColor',
  'stroke-width': '1.4',
  'stroke-linecap': 'round',
} as const;
