import { later } from '../../lazily.tsx';
import { type Cell, cellElement } from './cell.ts';

type Rare = typeof import('./more-cells.ts');

/** Cells that few rows have, or that few users show. */
export const rare = later<Rare>(() => import('./more-cells.ts'));

/** A cell whose script is loaded when it is first seen; it is empty until then. */
export function rareCell(name: string, make: (parts: Rare) => Cell): Cell {
  const element = cellElement(name);
  let cell: Cell | undefined;
  return {
    element,
    draw(frame) {
      if (!rare.part) {
        void rare.load().then(() => frame.model.touch());
        return;
      }
      if (!cell) {
        cell = make(rare.part);
        element.replaceWith(cell.element);
      }
      cell.draw(frame);
    },
    leave: () => cell?.leave?.(),
  };
}
