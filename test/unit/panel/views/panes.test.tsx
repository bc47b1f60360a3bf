// @vitest-environment happy-dom
import { beforeEach, describe, expect, test } from 'vitest';
import { SETTINGS } from '../../../../src/panel/settings/schema.ts';
import { View } from '../../helpers/view.tsx';

declare global {
  interface Window {
    readonly happyDOM: { setViewport(size: { readonly width: number; readonly height: number }): void };
  }
}

let view: View;
beforeEach(() => {
  window.happyDOM.setViewport({ width: 1400, height: 800 });
  view = new View();
});

const sizes = () => view.world.model.settings.of(SETTINGS.paneSizes).value;
const bar = (name: string) => view.one('separator', name);
const now = (name: string) => Number(bar(name).getAttribute('aria-valuenow'));
const arrangement = () => document.querySelector('main')?.className;

describe('the bars between panes', () => {
  test('say what they size, how large it is and how large it can be', () => {
    const bars = view.all('separator').filter(({ classList }) => classList.contains('splitter'));
    for (const separator of bars) {
      const value = (name: string) => Number(separator.getAttribute(`aria-value${name}`));
      expect(document.getElementById(separator.getAttribute('aria-controls') ?? '')).not.toBeNull();
      expect(value('now')).toBeGreaterThanOrEqual(value('min'));
      expect(value('now')).toBeLessThanOrEqual(value('max'));
      expect(separator.getAttribute('tabindex')).toBe('0');
    }
    expect(bars).toHaveLength(3);
  });

  test('are moved with the arrow keys, Home, End and back with Enter', () => {
    const name = 'Size of the socket list';
    const usual = now(name);
    view.press(bar(name), 'ArrowRight');
    expect(now(name)).toBe(usual + 16);
    view.press(bar(name), 'ArrowLeft', { shiftKey: true });
    expect(now(name)).toBe(usual - 80);
    view.press(bar(name), 'Home');
    expect(now(name)).toBe(120);
    view.press(bar(name), 'Enter');
    expect(now(name)).toBe(usual);
    expect(sizes().sockets).toBe(usual);
  });

  test('move the way the arrow points also where the pane lies behind them', () => {
    const name = 'Size of the frame detail';
    const usual = now(name);
    view.press(bar(name), 'ArrowLeft');
    expect(now(name)).toBe(usual + 16);
  });

  test('are moved by a drag, and brought back by a double click', () => {
    const name = 'Size of the socket list';
    const usual = now(name);
    const point = (type: string, clientX: number) =>
      view.update(() =>
        bar(name).dispatchEvent(new PointerEvent(type, { clientX, button: 0, bubbles: true })),
      );
    bar(name).setPointerCapture = () => undefined;
    point('pointerdown', 300);
    point('pointermove', 340);
    point('pointerup', 340);
    point('pointermove', 500);
    expect(now(name)).toBe(usual + 40);
    view.update(() => bar(name).dispatchEvent(new MouseEvent('dblclick', { bubbles: true })));
    expect(now(name)).toBe(usual);
  });
});

describe('the frame detail', () => {
  test('is moved below the frames and back, with a size of its own for each', () => {
    const button = () => view.one('button', 'Detail below the frames');
    expect(arrangement()).toBe('panes is-beside');
    view.click(button());
    expect(arrangement()).toBe('panes is-below');
    expect(button().getAttribute('aria-pressed')).toBe('true');
    const name = 'Size of the frame detail';
    expect(bar(name).getAttribute('aria-orientation')).toBe('horizontal');
    const before = { ...sizes() };
    view.press(bar(name), 'ArrowDown');
    expect(sizes()['side-height']).toBeLessThan(before['side-height']);
    expect(sizes().side).toBe(before.side);
    expect(localStorage.getItem(SETTINGS.detailPlace.key)).toBe('"below"');
    view.click(button());
    expect(arrangement()).toBe('panes is-beside');
  });

  test('is by itself where there is room for it, until a person chooses', () => {
    const at = (width: number, height: number) => {
      view.update(() => window.happyDOM.setViewport({ width, height }));
      return arrangement();
    };
    expect(at(1400, 800)).toBe('panes is-beside');
    expect(at(900, 600)).toBe('panes is-below');
    expect(at(900, 300)).toBe('panes is-beside');
    expect(at(480, 480)).toBe('panes is-stacked');
    expect(at(700, 350), 'a full window at 200 %').toBe('panes is-beside');
    at(900, 600);
    view.click(view.one('button', 'Detail below the frames'));
    expect(arrangement()).toBe('panes is-beside');
    expect(at(900, 700)).toBe('panes is-beside');
  });
});
