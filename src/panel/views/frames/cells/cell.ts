import type { ColumnId } from '../../../settings/column-choices.ts';
import type { DrawnFrame } from './drawn-frame.ts';

/**
 * A cell of a row in the document. It is reused for one frame after another and changes only what differs: otherwise each
 * redraw of the list would leave so many objects behind that garbage collection takes longer than the drawing.
 */
export interface Cell {
  readonly element: HTMLElement;
  /** Shows a frame. */
  draw(frame: DrawnFrame): void;
  /** To be called when the row goes out of sight. */
  leave?(): void;
}

export function cellElement(name: string): HTMLElement {
  const element = elementOf('span', `cell ${name}`);
  element.setAttribute('role', 'gridcell');
  return element;
}

export function elementOf(tag: string, className = '', text = ''): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text) element.textContent = text;
  return element;
}

/** Changes the text at the end of an element, without having to read the present text from the document. */
export function textIn(element: Element): (text: string) => void {
  const node = document.createTextNode('');
  element.append(node);
  let said = '';
  return (text) => {
    if (text === said) return;
    said = text;
    node.data = text;
  };
}

/** Sets or removes an element's tooltip. */
export function titleOf(element: HTMLElement): (title: string | undefined) => void {
  let said: string | undefined;
  return (title) => {
    if (title === said) return;
    said = title;
    if (title === undefined) element.removeAttribute('title');
    else element.title = title;
  };
}

/** Makes the cells of a column. */
export type CellMaker = () => Cell;

export type CellMakers = Readonly<Record<ColumnId, CellMaker>>;
