// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, test, vi } from 'vitest';
import { VirtualList } from '../../../../../src/panel/views/controls/virtual-list.tsx';
import { VirtualScroll } from '../../../../../src/panel/views/controls/virtual-scroll.ts';

const ROW = 20;
const HEIGHT = 200;

test('a box that is scrolled before its height is known shows its rows', () => {
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => HEIGHT });
  let tellHeight: () => void = () => undefined;
  class LateResizeObserver implements ResizeObserver {
    constructor(callback: ResizeObserverCallback) {
      tellHeight = () => callback([], this);
    }
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  }
  vi.stubGlobal('ResizeObserver', LateResizeObserver);
  const root = document.body.appendChild(document.createElement('div'));
  const scroll = new VirtualScroll(ROW, false);
  const rows = (from: number, to: number) => `${from} to ${to}`;
  const draw = () =>
    render(
      <VirtualList scroll={scroll} count={1000} class="rows">
        {rows}
      </VirtualList>,
      root,
    );
  void act(draw);
  const box = root.querySelector('.rows');
  if (!box) throw new Error('There is no box');
  const scrollTo = (top: number) =>
    void act(() => {
      box.scrollTop = top;
      box.dispatchEvent(new Event('scroll'));
    });
  scrollTo(5000);
  void act(tellHeight);
  expect([root.textContent, box.scrollTop]).toEqual(['0 to 10', 0]);
  scrollTo(5000);
  expect([root.textContent, box.scrollTop]).toEqual(['250 to 260', 5000]);
});

test('a box is scrolled only where it is to stand elsewhere: for that the browser has to lay it out at once', () => {
  const scrolled: number[] = [];
  const { set } = Object.getOwnPropertyDescriptor(Element.prototype, 'scrollTop') ?? {};
  vi.spyOn(Element.prototype, 'scrollTop', 'set').mockImplementation(function (this: Element, top) {
    scrolled.push(top);
    set?.call(this, top);
  });
  const root = document.body.appendChild(document.createElement('div'));
  const draw = (scroll: VirtualScroll) =>
    void act(() => render(<VirtualList scroll={scroll} count={1000} class="rows" />, root));
  draw(new VirtualScroll(ROW, false));
  draw(new VirtualScroll(ROW, false));
  expect(scrolled).toEqual([]);
  const box = root.querySelector('.rows');
  if (!box) throw new Error('There is no box');
  void act(() => {
    box.scrollTop = 5000;
    box.dispatchEvent(new Event('scroll'));
  });
  draw(new VirtualScroll(ROW, false));
  expect(scrolled).toEqual([5000, 0]);
});

/** Reports a height only if it is not the one it has reported last, as a browser does before each picture. */
class ChangeObserver implements ResizeObserver {
  static look: () => void = () => undefined;
  private reported = 0;

  constructor(callback: ResizeObserverCallback) {
    ChangeObserver.look = () => {
      const height = document.querySelector('.rows')?.clientHeight ?? 0;
      if (height === this.reported) return;
      this.reported = height;
      callback([], this);
    };
  }

  observe(): void {
    this.reported = 0;
  }

  unobserve(): void {}
  disconnect(): void {}
}

test('a box that the browser scrolls while it has no height, and that has one again before the next picture, shows its rows', () => {
  let height = HEIGHT;
  Object.defineProperty(HTMLElement.prototype, 'clientHeight', { configurable: true, get: () => height });
  vi.stubGlobal('ResizeObserver', ChangeObserver);
  document.body.replaceChildren();
  const root = document.body.appendChild(document.createElement('div'));
  const list = (
    <VirtualList scroll={new VirtualScroll(ROW, false)} count={1000} class="rows">
      {(from: number, to: number) => `${from} to ${to}`}
    </VirtualList>
  );
  void act(() => render(list, root));
  void act(ChangeObserver.look);
  expect(root.textContent).toBe('0 to 10');
  height = 0;
  void act(() => {
    root.querySelector('.rows')?.dispatchEvent(new Event('scroll'));
  });
  height = HEIGHT;
  void act(ChangeObserver.look);
  expect(root.textContent).toBe('0 to 10');
});
