import { ICON_ATTRIBUTES, OUTLINE_ATTRIBUTES } from './icon-look.ts';

export const SENT = 'M8 13V3.5M4.5 7L8 3.2 11.5 7';
export const RECEIVED = 'M8 3v9.5M4.5 9L8 12.8 11.5 9';

/**
 * An icon like those of `icons.tsx`, for code that draws without components.
 * @param path its outline, in a square of 16 × 16
 */
export function iconElement(path: string): SVGElement {
  const icon = svgElement('svg', { ...ICON_ATTRIBUTES, 'aria-hidden': 'true' });
  icon.append(svgElement('path', { d: path, ...OUTLINE_ATTRIBUTES }));
  return icon;
}

function svgElement(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}
