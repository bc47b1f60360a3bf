/** A part of the page; `start` sets off what runs without being asked for. */
export interface Section {
  readonly element: HTMLElement;
  start(): void;
}
