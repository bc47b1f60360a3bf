/** The parts of the panel, in the order of the page, and in each what is to have the focus first. */
const PANES: readonly (readonly [pane: string, first: string])[] = [
  ['.toolbar', '[role=searchbox], input[type=search]'],
  ['#pane-sockets', '[role=listbox]'],
  ['.frames', '[role=grid]'],
  ['.detail', '[role=tab][aria-selected=true]'],
  ['#pane-composer', '[role=textbox]'],
  ['.status-bar', 'button'],
];

/** What had the focus when a pane was left. */
const left = new WeakMap<Element, HTMLElement>();

/** Moves the focus to the next pane, or the one before, and there to where it was last. */
export function walkToPane(step: 1 | -1): void {
  const panes = PANES.flatMap(([pane, first]) => {
    const element = document.querySelector(pane);
    return element ? [{ element, first }] : [];
  });
  const { activeElement } = document;
  const at = panes.findIndex(({ element }) => element.contains(activeElement));
  const here = panes[at];
  if (here && activeElement instanceof HTMLElement) left.set(here.element, activeElement);
  // From nowhere the way leads to the first pane, or the last one.
  const start = at === -1 && step === -1 ? 0 : at;
  for (let far = 1; far <= panes.length; far++) {
    const pane = panes[(start + far * step + panes.length * 2) % panes.length];
    if (pane && focusIn(pane.element, pane.first)) return;
  }
}

function focusIn(pane: Element, first: string): boolean {
  const before = left.get(pane);
  const places = [pane.contains(before ?? null) ? before : undefined, pane.querySelector<HTMLElement>(first)];
  return places.some((place) => {
    place?.focus();
    return place !== undefined && place === document.activeElement;
  });
}
