// @vitest-environment happy-dom
import { render } from 'preact';
import { useRef } from 'preact/hooks';
import { act } from 'preact/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import { useListRoom } from '../../../../../src/panel/views/frames/list-room.ts';

let width = 1000;
let tell: () => void = () => undefined;

class StubObserver implements ResizeObserver {
  constructor(callback: ResizeObserverCallback) {
    tell = () => callback([], this);
  }

  observe(): void {
    tell();
  }

  unobserve(): void {}
  disconnect(): void {}
}

function List() {
  const list = useRef<HTMLDivElement>(null);
  const room = useListRoom(list);
  return <div ref={list} class={`grid${room}`} />;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('a list says how much room it has, and says so anew when that changes', () => {
  vi.stubGlobal('ResizeObserver', StubObserver);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockImplementation(() => width);
  const root = document.body.appendChild(document.createElement('div'));
  void act(() => render(<List />, root));
  const classes = [1000, 541, 540, 341, 340, 0, 500].map((px) => {
    width = px;
    void act(tell);
    return root.firstElementChild?.className;
  });
  expect(classes).toEqual([
    'grid',
    'grid',
    'grid has-little-room',
    'grid has-little-room',
    'grid has-little-room has-least-room',
    'grid',
    'grid has-little-room',
  ]);
  void act(() => render(null, root));
});
