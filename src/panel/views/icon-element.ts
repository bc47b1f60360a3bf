/** Outlines of icons, in a square of 16. */
export const SENT = 'M8 13V3.5M4.5 7L8 3.2 11.5 7';
export const RECEIVED = 'M8 3v9.5M4.5 9L8 12.8 11.5 9';

const SVG = 'http://www.w3.org/2000/svg';

/** The icon that `icons.tsx` draws, where no component is. */
export function iconElement(path: string): SVGElement {
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('class', 'icon');
  icon.setAttribute('viewBox', '0 0 16 16');
  icon.setAttribute('width', '16');
  icon.setAttribute('height', '16');
  icon.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  const look = {
    d: path,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.4',
    'stroke-linecap': 'round',
  };
  for (const [name, value] of Object.entries(look)) line.setAttribute(name, value);
  icon.append(line);
  return icon;
}
