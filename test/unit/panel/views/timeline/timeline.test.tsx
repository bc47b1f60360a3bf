// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { clearList } from '../../../../../src/panel/model/undo/clearing.ts';
import { FrameKind } from '../../../../../src/protocol/frames.ts';
import { View } from '../../../helpers/view.tsx';

const START = 1_700_000_000_000;
/** px */
const WIDTH = 1000;

let view: View;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  view = new View();
  view.world.addSocket();
});

afterEach(() => vi.useRealTimers());

const track = () => view.one('slider', 'Time span');
const words = () => document.querySelector('#timeline-words')?.textContent;
const said = () => track().getAttribute('aria-valuetext');
const chips = () => view.all('button', /show all times again/);

/** A frame every 100 ms for ten seconds, with its number as text. */
function tenSeconds(): void {
  view.update(() =>
    view.world.addFrames(
      ...Array.from({ length: 100 }, (_, index) => ({ payload: `${index}`, time: START + index * 100 })),
    ),
  );
  later();
}

/** The timeline is not drawn with every picture. */
function later(): void {
  view.update(() => vi.advanceTimersByTime(300));
}

function point(type: string, share: number): void {
  const element = track();
  vi.spyOn(element, 'getBoundingClientRect').mockReturnValue(new DOMRect(0, 0, WIDTH, 58));
  element.setPointerCapture = () => undefined;
  const at = { bubbles: true, button: 0, pointerId: 1, clientX: share * WIDTH };
  view.update(() => element.dispatchEvent(new PointerEvent(type, at)));
}

function drag(from: number, to: number): void {
  point('pointerdown', from);
  point('pointermove', to);
  point('pointerup', to);
}

describe('the timeline', () => {
  test('says in words what it draws', () => {
    expect(said()).toBe('No frames yet');
    view.update(() =>
      view.world.addFrames(
        { kind: FrameKind.open, time: START },
        { payload: 'four', time: START + 10 },
        { payload: 'to', kind: FrameKind.sentText, time: START + 20 },
        { kind: FrameKind.close, time: START + 30 },
      ),
    );
    later();
    expect(words()).toBe(
      'Received: 1 (4 B), sent: 1 (2 B), opened: 1, closed: 1, errors: 0, frames missing: 0',
    );
    expect(said()).toMatch(/^All, \d\d:\d\d:20\.000 – /);
  });

  test('says how much of it has the colour of which sockets, also of what comes later, and no more without', () => {
    view.world.addSocket({ url: 'wss://other.test/' });
    const add = (socket: number) =>
      view.update(() => view.world.addFrames({ payload: 'x', time: START, socket }));
    add(1);
    add(2);
    later();
    expect(words()).not.toContain('Red');
    const [first] = view.world.model.sockets();
    if (!first) throw new Error('there is no socket');
    const colour = (name: 'red' | 'none') =>
      view.update(() => view.world.model.shelf.marks.change(first, { colour: name }));
    colour('red');
    later();
    expect(words()).toContain('Received: 2 ');
    expect(words()).toMatch(/; Red sockets: 1 received, 0 sent$/);
    add(1);
    later();
    expect(words()).toMatch(/; Red sockets: 2 received, 0 sent$/);
    colour('none');
    later();
    expect(words()).not.toContain('Red');
  });

  test('is drawn four times a second at the most', () => {
    tenSeconds();
    const before = words();
    view.update(() => view.world.addTexts('one'));
    view.update(() => view.world.addTexts('more'));
    expect(words()).toBe(before);
    later();
    expect(words()).toContain('Received: 102 ');
  });

  test('is drawn once a second in a flood', () => {
    tenSeconds();
    const flood = Array.from({ length: 400 }, () => 'flood');
    view.update(() => view.world.addTexts(...flood));
    for (let ms = 0; ms < 900; ms += 300) {
      later();
      view.update(() => view.world.addTexts(...flood));
      expect(words()).toContain('Received: 100 ');
    }
    later();
    expect(words()).toContain('Received: 1,700 ');
  });

  test('is emptied at once', () => {
    tenSeconds();
    view.update(() => view.world.addTexts('one'));
    view.update(() => clearList(view.world.model));
    expect(words()).toContain('Received: 0 ');
  });

  test('shows the frames of a span that is dragged, also to the left, and all again after a double click', () => {
    tenSeconds();
    drag(0.6, 0.3);
    const shown = view.world.shown().map(Number);
    expect(shown[0]).toBeGreaterThanOrEqual(28);
    expect(shown.at(-1)).toBeLessThanOrEqual(62);
    expect(shown).toHaveLength((shown.at(-1) ?? 0) - (shown[0] ?? 0) + 1);
    expect(words()).toContain(`Received: ${shown.length} `);
    expect(chips()).toHaveLength(1);
    point('dblclick', 0.5);
    expect(view.world.shown()).toHaveLength(100);
    expect(chips()).toHaveLength(0);
  });

  test('a click alone chooses nothing', () => {
    tenSeconds();
    drag(0.5, 0.5);
    expect(view.world.model.filter.isActive).toBe(false);
  });

  test('arrow keys move the span, with Shift they widen it, and Escape shows all', () => {
    tenSeconds();
    const shown = () => view.world.shown().map(Number);
    view.press(track(), 'ArrowLeft');
    expect(shown().at(-1)).toBe(99);
    const count = shown().length;
    view.press(track(), 'ArrowLeft');
    const [first = 0] = shown();
    expect(first).toBeLessThan(99 - count);
    view.press(track(), 'ArrowRight', { shiftKey: true });
    expect(shown()[0]).toBe(first);
    expect(shown().length).toBeGreaterThan(count);
    view.press(track(), 'Home');
    expect(shown()[0]).toBe(0);
    view.press(track(), 'Escape');
    expect(shown()).toHaveLength(100);
  });

  test('the chip beside the filter clears the span, and so does Clear', () => {
    tenSeconds();
    drag(0, 0.5);
    view.click(view.one('button', /show all times again/));
    expect(view.world.shown()).toHaveLength(100);
    drag(0, 0.5);
    view.click(view.one('button', 'Clear'));
    view.update(() => view.world.addTexts('new'));
    expect(view.world.shown()).toEqual(['new']);
  });

  test('goes with the text filter, and can be hidden', () => {
    tenSeconds();
    drag(0, 0.5);
    view.type(view.one('searchbox', 'Filter frames'), '2');
    expect(view.world.model.filter.span.value).toBeDefined();
    const shown = view.world.shown();
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((text) => !String(text).includes('2'))).toEqual([]);
    view.click(view.one('button', 'Show timeline'));
    expect(view.all('slider', 'Time span')).toHaveLength(0);
    expect(localStorage.getItem('shows-timeline')).toBe('false');
    expect(chips()).toHaveLength(1);
  });
});
